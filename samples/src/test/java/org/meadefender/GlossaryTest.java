package org.meadefender;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names use the words of the glossary. */
class GlossaryTest {
  private static final Path GLOSSARY = Path.of("../docs/reference/glossary.md");
  private static final Pattern CODE = Pattern.compile("`([A-Z]\\w+)`");

  private static List<JavaClass> classes = List.of();
  private static List<String> lines = List.of();

  @BeforeAll
  static void read() throws IOException {
    classes =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests()).importPackages("org.meadefender").stream()
                .filter(type -> !type.isAnonymousClass())
                .toList();
    lines = Files.readAllLines(GLOSSARY);
  }

  @Test
  void typesOfTheGlossaryExist() {
    Set<String> names = classes.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
    List<String> missing = new ArrayList<>();
    int found = 0;
    for (String line : lines) {
      String[] cells = line.split("\\|", -1);
      Matcher code = CODE.matcher(cells.length == 5 ? cells[3] : "");
      while (code.find()) {
        found++;
        if (!names.contains(code.group(1))) {
          missing.add(code.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(found).isGreaterThan(20);
  }

  @Test
  void namesUseNoOtherWords() {
    Set<String> refused = refused();
    assertThat(refused).contains("independent", "trial");
    Set<String> breaches = new TreeSet<>();
    for (JavaClass type : classes) {
      if (usesOneOf(type.getSimpleName(), refused)) {
        breaches.add(type.getName());
      }
      for (JavaMethod method : type.getMethods()) {
        if (method.getModifiers().contains(JavaModifier.PUBLIC)
            && usesOneOf(method.getName(), refused)) {
          breaches.add(method.getFullName());
        }
      }
    }
    assertThat(breaches).isEmpty();
  }

  /** The first cells of the second table. */
  private static Set<String> refused() {
    Set<String> words = new TreeSet<>();
    List<String> table = lines.subList(lines.indexOf("| not | but |") + 2, lines.size());
    for (String line : table) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 4) {
        Arrays.stream(cells[1].split(",", -1)).map(String::strip).forEach(words::add);
      }
    }
    return words;
  }

  private static boolean usesOneOf(String name, Set<String> refused) {
    return Arrays.stream(name.split("(?<=[a-z0-9])(?=[A-Z])|_|\\$", -1))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .anyMatch(
            word ->
                refused.contains(word)
                    || (word.endsWith("s")
                        && refused.contains(word.substring(0, word.length() - 1))));
  }
}
