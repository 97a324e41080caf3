/**
 * What owners learn by stealing from themselves: which classes and which combiner to take, and how
 * to steer a mark while it is trained.
 */
@NullMarked
package org.meadefender.advice;

import org.jspecify.annotations.NullMarked;
