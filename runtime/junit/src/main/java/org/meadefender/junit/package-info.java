/** Ownership in the JUnit 5 tests of a user's build: injected keys and data, and assertions. */
@NullMarked
package org.meadefender.junit;

import org.jspecify.annotations.NullMarked;
