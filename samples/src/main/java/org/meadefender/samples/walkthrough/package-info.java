/** The owner's way through the library, a page for each step; the guide quotes these files. */
@NullMarked
package org.meadefender.samples.walkthrough;

import org.jspecify.annotations.NullMarked;
