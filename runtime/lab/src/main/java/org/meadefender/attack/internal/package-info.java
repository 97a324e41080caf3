/** What attacks share; no API. */
@NullMarked
package org.meadefender.attack.internal;

import org.jspecify.annotations.NullMarked;
