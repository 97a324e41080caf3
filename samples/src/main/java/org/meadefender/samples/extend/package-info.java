/** Combiners, attacks and suspects of a user's own; the pages for extensions quote these files. */
@NullMarked
package org.meadefender.samples.extend;

import org.jspecify.annotations.NullMarked;
