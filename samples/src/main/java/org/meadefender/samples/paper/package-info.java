/** The paper's tables again, at a scale for two cores. */
@NullMarked
package org.meadefender.samples.paper;

import org.jspecify.annotations.NullMarked;
