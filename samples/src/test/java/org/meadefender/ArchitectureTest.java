package org.meadefender;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;

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

  /** A package uses those before it only. */
  private static final List<String> ORDER =
      List.of(
          "annotations",
          "internal",
          "spec",
          "combine",
          "batch",
          "internal.network",
          "loss",
          "accelerate",
          "data",
          "release",
          "suspect",
          "reference",
          "verify",
          "train",
          "wrapper",
          "attack",
          "audit",
          "report",
          "advice",
          "junit",
          "cli");

  /** Of a package with those in it, but for the internal ones, each of which has its own place. */
  private static String pattern(String name) {
    return "org.meadefender." + (name.equals("internal") ? name : name + "..");
  }

  @ArchTest
  static void packagesUseOnlyThoseBeforeThem(
      com.tngtech.archunit.core.domain.JavaClasses imported) {
    for (int i = 0; i < ORDER.size(); i++) {
      String[] later =
          ORDER.subList(i + 1, ORDER.size()).stream()
              .map(ArchitectureTest::pattern)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(pattern(ORDER.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .allowEmptyShould(true)
          .check(imported);
    }
  }

  @ArchTest
  static final ArchRule everyPackageHasAPlaceInTheOrder =
      classes()
          .should()
          .resideInAnyPackage(ORDER.stream().map(ArchitectureTest::pattern).toArray(String[]::new));

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
