/**
 * Labels, roles of rows and reading ahead, as training, losses and verification share them. No API:
 * it changes without notice.
 */
@NullMarked
package org.meadefender.internal.batch;

import org.jspecify.annotations.NullMarked;
