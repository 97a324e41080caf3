/** What files that leave the owner's house have in common. No API: it changes without notice. */
@NullMarked
package org.meadefender.internal.release;

import org.jspecify.annotations.NullMarked;
