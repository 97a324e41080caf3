/** Which rows a watermark is taught with, and how many batches and rows there are. */
@NullMarked
package org.meadefender.batch;

import org.jspecify.annotations.NullMarked;
