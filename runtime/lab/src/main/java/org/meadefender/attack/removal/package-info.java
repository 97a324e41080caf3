/** Attacks that change a stolen network so that it loses its watermark. */
@NullMarked
package org.meadefender.attack.removal;

import org.jspecify.annotations.NullMarked;
