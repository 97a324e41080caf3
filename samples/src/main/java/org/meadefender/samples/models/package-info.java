/** Network definitions and keys that the samples share. */
@NullMarked
package org.meadefender.samples.models;

import org.jspecify.annotations.NullMarked;
