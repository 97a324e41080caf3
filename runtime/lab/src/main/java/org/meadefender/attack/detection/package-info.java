/** Ways to find out that a network is watermarked, or to dodge its verification. */
@NullMarked
package org.meadefender.attack.detection;

import org.jspecify.annotations.NullMarked;
