package org.meadefender;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

@AnalyzeClasses(
    packages = "org.meadefender",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.WithoutSamples.class})
class ArchitectureTest {
  /** Programs print, and may use everything. */
  static final class WithoutSamples implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/org/meadefender/samples/")
          && !location.contains("/org/meadefender/processor/");
    }
  }

  private static final Path PAGE = Path.of("../docs/architecture.md");

  /** A row of the page's table of packages. */
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z.]+)` \\| [a-z]+ \\| [^|]+ \\|([a-z., ]*)\\|");

  /** The packages that each package may use, as the page says. */
  private static Map<String, List<String>> arrows() throws IOException {
    Map<String, List<String>> arrows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        arrows.put(
            full(row.group(1)),
            Pattern.compile(", *")
                .splitAsStream(row.group(2).strip())
                .filter(name -> !name.isEmpty())
                .map(ArchitectureTest::full)
                .toList());
      }
    }
    return arrows;
  }

  private static String full(String name) {
    return "org.meadefender." + name;
  }

  @ArchTest
  static void packagesUseThoseOfThePageOnly(JavaClasses imported) throws IOException {
    Map<String, List<String>> arrows = arrows();
    List<String> breaches = new ArrayList<>();
    arrows.forEach(
        (name, used) -> {
          List<String> allowed = new ArrayList<>(used);
          allowed.add(name);
          breaches.addAll(
              classes()
                  .that()
                  .resideInAPackage(name)
                  .should()
                  .onlyDependOnClassesThat(
                      JavaClass.Predicates.resideOutsideOfPackage("org.meadefender..")
                          .or(
                              JavaClass.Predicates.resideInAnyPackage(
                                  allowed.toArray(new String[0]))))
                  // Spark's module is on no class path here.
                  .allowEmptyShould(true)
                  .evaluate(imported)
                  .getFailureReport()
                  .getDetails());
        });
    assertThat(breaches).isEmpty();
    classes().should().resideInAnyPackage(arrows.keySet().toArray(new String[0])).check(imported);
  }

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      SlicesRuleDefinition.slices().matching("org.meadefender.(**)").should().beFreeOfCycles();

  /** Java serialization runs code of a stranger's choice; XML parsers fetch what he names. */
  @ArchTest
  static final ArchRule strangersFilesAreNeitherDeserialisedNorXml =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.xml..", "org.xml..", "org.w3c..");

  @ArchTest
  static final ArchRule librariesDoNotPrint =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule noJavaUtilLogging =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
