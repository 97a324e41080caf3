/** Tests a suspect for the owner's watermark and returns a verdict with its figures. */
@NullMarked
package org.meadefender.verify;

import org.jspecify.annotations.NullMarked;
