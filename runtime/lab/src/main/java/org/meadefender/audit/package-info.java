/** Runs attacks on a protected model and on an unmarked one, and collects what they did. */
@NullMarked
package org.meadefender.audit;

import org.jspecify.annotations.NullMarked;
