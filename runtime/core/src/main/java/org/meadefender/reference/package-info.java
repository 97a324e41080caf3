/** Networks without a mark that learn the same task, as verdicts and caches name them. */
@NullMarked
package org.meadefender.reference;

import org.jspecify.annotations.NullMarked;
