package org.meadefender.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One version in all places that name it. */
class VersionsTest {
  private static String read(String file) throws IOException {
    return Files.readString(Page.ROOT.resolve(file));
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static String version() throws IOException {
    Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(read("pom.xml"));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @Test
  void citationNamesIt() throws IOException {
    assertThat(all("(?m)^version: (.*)$", read("CITATION.cff"))).containsExactly(version());
  }

  @Test
  void readmeNamesIt() throws IOException {
    String readme = read("README.md");
    assertThat(all("mea-defender-\\w+</artifactId><version>(.*?)<", readme))
        .containsExactly(version(), version());
    assertThat(all("\"org\\.meadefender:[\\w-]+:([^\"]+)\"", readme))
        .isNotEmpty()
        .containsOnly(version());
  }

  @Test
  void changelogBeginsWithIt() throws IOException {
    assertThat(all("(?m)^## \\[(.*?)]", read("CHANGELOG.md"))).startsWith(version());
  }

  @Test
  void readmeNamesTheDeeplearning4jOfThePom() throws IOException {
    String dl4j = all("<dl4j\\.version>(.*?)<", read("pom.xml")).get(0);
    assertThat(all("\"org\\.nd4j:[\\w-]+:([^:\"]+)[:\"]", read("README.md")))
        .isNotEmpty()
        .containsOnly(dl4j);
  }
}
