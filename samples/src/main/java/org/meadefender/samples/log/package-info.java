/** Results in files that a program which was stopped goes on with. */
@NullMarked
package org.meadefender.samples.log;

import org.jspecify.annotations.NullMarked;
