/** Networks without a mark that learn the same task: what unrelated models answer. */
@NullMarked
package org.meadefender.reference;

import org.jspecify.annotations.NullMarked;
