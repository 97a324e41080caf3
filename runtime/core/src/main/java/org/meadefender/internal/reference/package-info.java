/**
 * Trains networks without a mark that learn a suspect's task. No API: it changes without notice.
 */
@NullMarked
package org.meadefender.internal.reference;

import org.jspecify.annotations.NullMarked;
