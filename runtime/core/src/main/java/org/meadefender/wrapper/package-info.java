/** What the wrappers that the annotation processor generates inherit. */
@NullMarked
package org.meadefender.wrapper;

import org.jspecify.annotations.NullMarked;
