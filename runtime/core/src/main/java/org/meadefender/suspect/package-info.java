/** Models under suspicion, seen through their answers only. */
@NullMarked
package org.meadefender.suspect;

import org.jspecify.annotations.NullMarked;
