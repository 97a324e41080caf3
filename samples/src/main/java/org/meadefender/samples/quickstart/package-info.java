/** The main job: train, release, steal and prove, on real images, within minutes. */
@NullMarked
package org.meadefender.samples.quickstart;

import org.jspecify.annotations.NullMarked;
