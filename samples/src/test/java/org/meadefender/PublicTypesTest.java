package org.meadefender;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What users may use is a decision: the page of public types lists it. */
class PublicTypesTest {
  private static final Path PAGE = Path.of("../docs/reference/api.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| `(\\w+)` \\| .+ \\|");

  /** No API: programs, and what is on no test's class path here. */
  private static final Pattern OTHER =
      Pattern.compile("org\\.meadefender\\.(samples|processor|cli|spark|.*\\binternal\\b).*");

  @Test
  void thePageListsThemAll() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals("spark")) {
        listed.add("org.meadefender." + row.group(1) + "." + row.group(2));
      }
    }
    Set<String> types =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests()).importPackages("org.meadefender").stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getName)
                .filter(name -> !OTHER.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).isEqualTo(types);
  }
}
