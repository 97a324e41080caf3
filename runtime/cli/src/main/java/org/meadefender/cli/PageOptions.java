package org.meadefender.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.Watermark;
import org.meadefender.release.Envelope;
import org.meadefender.release.Registration;
import org.meadefender.release.TimeStamp;
import org.meadefender.report.VerdictFacts;
import org.meadefender.report.VerdictPage;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.MarkFigures;
import org.meadefender.verify.OwnershipVerdict;
import picocli.CommandLine.Option;

/** A page for people who want to know what a verdict means. */
final class PageOptions {
  @NamedFile(FileUse.PAGE)
  @Option(names = "--html", paramLabel = "FILE", description = "Writes the verdict as a page.")
  private @Nullable Path page;

  @Option(
      names = "--show-target",
      description = "The page names the target class, which else stays secret.")
  private boolean showTarget;

  @NamedFile(FileUse.READ)
  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "Certificates (PEM or DER) of time-stamping authorities that you trust, for the page.")
  private @Nullable Path trust;

  /** What the page says beside the verdict; before the suspect is asked, for it may fail. */
  VerdictFacts facts(byte[] registration, List<String> classNames, String suspectName)
      throws IOException {
    List<X509Certificate> trusted = trust == null ? List.of() : TimeStamp.anchors(trust);
    VerdictFacts facts = VerdictFacts.NONE.withClassNames(classNames);
    if (!suspectName.isEmpty()) {
      facts = facts.withSuspectName(suspectName);
    }
    return registration.length == 0
        ? facts
        : facts.withRegistration(
            Registration.parse(registration),
            TimeStamp.verifyIfPresent(Envelope.parse(registration), trusted));
  }

  /** Writes the page, if one is asked for. */
  void write(OwnershipVerdict verdict, VerdictFacts facts, OwnerKey key) {
    if (page == null) {
      return;
    }
    List<WatermarkSpec> specs = verdict.figures().marks().stream().map(MarkFigures::spec).toList();
    VerdictFacts all = facts.withWritten(Instant.now());
    if (showTarget && !specs.isEmpty()) {
      all =
          all.withTargets(
              Watermark.deriveAll(specs, key, facts.classNames().size()).stream()
                  .map(Watermark::target)
                  .toList());
    }
    VerdictPage.write(verdict, all, page);
  }
}
