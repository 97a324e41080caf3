/** Both kinds of Deeplearning4j networks behind one face. No API: it changes without notice. */
@NullMarked
package org.meadefender.internal.network;

import org.jspecify.annotations.NullMarked;
