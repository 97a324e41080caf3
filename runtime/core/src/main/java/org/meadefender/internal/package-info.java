/**
 * Files, digests, keyed numbers and JSON as all packages need them; no API, may change at any time.
 */
@NullMarked
package org.meadefender.internal;

import org.jspecify.annotations.NullMarked;
