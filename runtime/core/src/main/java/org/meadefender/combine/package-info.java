/** How two samples become one, and which ways a key chooses. */
@NullMarked
package org.meadefender.combine;

import org.jspecify.annotations.NullMarked;
