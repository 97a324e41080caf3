/** The command line, for people who write no Java: {@code java -jar mea-defender.jar}. */
@NullMarked
package org.meadefender.cli;

import org.jspecify.annotations.NullMarked;
