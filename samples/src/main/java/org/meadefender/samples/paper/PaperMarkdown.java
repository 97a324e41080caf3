package org.meadefender.samples.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meadefender.annotations.Combine;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditResult;

/**
 * An audit as a table beside the paper's figures.
 *
 * @param combine the combiner of the watermark
 * @param images training images of the owner
 * @param epochs of the owner
 * @param colour whether the images have colours, which tells CIFAR-10 from Fashion-MNIST
 */
record PaperMarkdown(Combine combine, int images, int epochs, boolean colour) {

  /** Writes {@code paper.md}. */
  Path write(AuditResult result, Path directory) {
    Path table = directory.resolve("paper.md");
    try {
      return Files.writeString(table, text(result));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + table, e);
    }
  }

  /** Our figures beside the paper's, and those of the same attack on an unmarked model. */
  private String text(AuditResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, VGG-like network with three convolutions, %,d training images for the owner and"
                + " as many others for the thief, %d epochs, one seed (%d). Accuracy / WSR in"
                + " percent.",
            combine,
            images,
            epochs,
            result.provenance().seed()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d of %d steps are done.",
            result.entries().size(),
            result.plannedSteps()));
    lines.add("");
    lines.add("| attack | here | WFPR | spill | unmarked model | paper |");
    lines.add("|---|---|---|---|---|---|");
    for (AuditEntry entry : result.entries()) {
      if (entry.subject() == AuditEntry.Subject.PROTECTED) {
        lines.add(row(entry, unmarked(result, entry)));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private String row(AuditEntry entry, String unmarked) {
    String rates = "– | –";
    if (entry.model() != null) {
      rates =
          String.format(
              Locale.ROOT,
              "%.1f | %.1f",
              100 * entry.model().rates().falsePositiveRate(),
              100 * entry.model().rates().spillRate());
    }
    return String.format(
        "| %s | %s | %s | %s | %s |",
        entry.title(),
        figures(entry),
        rates,
        unmarked,
        PaperFigures.of(entry.attack().id(), colour));
  }

  private static String unmarked(AuditResult result, AuditEntry entry) {
    return result.of(entry.attack().id(), AuditEntry.Subject.UNMARKED).stream()
        .filter(each -> each.variant().equals(entry.variant()))
        .findFirst()
        .map(PaperMarkdown::figures)
        .orElse("–");
  }

  private static String figures(AuditEntry entry) {
    if (entry.model() != null) {
      return String.format(
          Locale.ROOT,
          "%.1f / %.1f",
          100 * entry.model().accuracy(),
          100 * entry.model().successRate());
    }
    return entry.figuresText();
  }
}
