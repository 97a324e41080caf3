/** Tables of the project's pages, made from lines of results. */
@NullMarked
package org.meadefender.samples.published;

import org.jspecify.annotations.NullMarked;
