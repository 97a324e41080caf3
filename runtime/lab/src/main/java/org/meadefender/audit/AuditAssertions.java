package org.meadefender.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Assertions on audit results for tests of a build, which need no assertion library: {@code
 * assertThat(audit).survives(Attack.DISTILLATION).withWsrAtLeast(0.7)}.
 */
public final class AuditAssertions {
  private AuditAssertions() {}

  /** Starts an assertion. */
  public static AuditAssert assertThat(AuditResult result) {
    return new AuditAssert(result);
  }

  /** Assertions on a result. */
  public static final class AuditAssert {
    private final AuditResult result;

    private AuditAssert(AuditResult result) {
      this.result = result;
    }

    /**
     * Verification says Owned after every variant of the attack.
     *
     * @throws AssertionError if it cannot, or the audit has not run this attack
     */
    public SurvivalAssert survives(Attack attack) {
      List<AuditEntry> entries = measured(attack);
      for (AuditEntry entry : entries) {
        if (entry.outcome() != Outcome.SURVIVED && entry.outcome() != Outcome.UNATTACKED) {
          throw new AssertionError(
              entry.title() + ": " + entry.outcome().text() + ", " + figures(entry));
        }
      }
      return new SurvivalAssert(this, entries);
    }

    /**
     * A search for the watermark finds nothing.
     *
     * @throws AssertionError if it does, or the audit has not run this search
     */
    public AuditAssert isNotDetectedBy(Attack attack) {
      for (AuditEntry entry : entries(attack)) {
        if (entry.outcome() == Outcome.DETECTED) {
          throw new AssertionError(entry.title() + " raised a suspicion: " + entry.figures());
        }
      }
      return this;
    }

    private List<AuditEntry> measured(Attack attack) {
      List<AuditEntry> entries = entries(attack);
      if (entries.get(0).mark() == null) {
        throw new AssertionError(
            attack + " is a search and leaves the model as it is; use isNotDetectedBy");
      }
      return entries;
    }

    private List<AuditEntry> entries(Attack attack) {
      List<AuditEntry> entries = result.of(attack);
      if (entries.isEmpty()) {
        throw new AssertionError(
            "The audit (preset "
                + result.provenance().preset()
                + ") has not run "
                + attack
                + "; choose a larger preset");
      }
      return entries;
    }
  }

  /** Assertions on an attack that the watermark survived. */
  public static final class SurvivalAssert {
    private final AuditAssert audit;
    private final List<AuditEntry> entries;

    private SurvivalAssert(AuditAssert audit, List<AuditEntry> entries) {
      this.audit = audit;
      this.entries = entries;
    }

    /**
     * The watermark success rate is at least this high after every variant.
     *
     * @throws AssertionError if it is not
     */
    public SurvivalAssert withWsrAtLeast(double least) {
      AuditEntry worst =
          entries.stream()
              .min(Comparator.comparingDouble(entry -> mark(entry).successRate()))
              .orElseThrow();
      if (mark(worst).successRate() < least) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "%s: expected a WSR of at least %.1f %%, but %s",
                worst.title(),
                100 * least,
                figures(worst)));
      }
      return this;
    }

    /** Goes on with the same audit. */
    public AuditAssert and() {
      return audit;
    }
  }

  private static MarkResult mark(AuditEntry entry) {
    return Objects.requireNonNull(entry.mark());
  }

  private static String figures(AuditEntry entry) {
    MarkResult mark = mark(entry);
    return String.format(
        Locale.ROOT,
        "verdict %s, WSR %.1f %% (%d/%d), accuracy %.1f %%",
        mark.verdict(),
        100 * mark.successRate(),
        mark.rates().watermark().hits(),
        mark.rates().watermark().rows(),
        100 * mark.accuracy());
  }
}
