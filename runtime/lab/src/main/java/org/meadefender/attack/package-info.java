/** What a thief might do to a model: steal it, strip its watermark, or detect and evade it. */
@NullMarked
package org.meadefender.attack;

import org.jspecify.annotations.NullMarked;
