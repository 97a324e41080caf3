package org.meadefender.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a command does with the file that an option names; every option of a path has it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface NamedFile {
  /** What is done with it. */
  FileUse value();
}
