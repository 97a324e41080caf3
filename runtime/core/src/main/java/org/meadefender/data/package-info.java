/** Labelled image sets: IDX files, class folders, and a small set that the project draws itself. */
@NullMarked
package org.meadefender.data;

import org.jspecify.annotations.NullMarked;
