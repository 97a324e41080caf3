/** Attacks that copy a model through its answers alone. */
@NullMarked
package org.meadefender.attack.extraction;

import org.jspecify.annotations.NullMarked;
