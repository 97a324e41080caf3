package org.meadefender.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Assertions on audit results for tests of a build, which need no assertion library: {@code
 * assertThat(audit).survives("distillation").withWsrAtLeast(0.7)}. Attacks are named by their id,
 * see {@link Attack#id}.
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

    /** The same as {@link #survives(String)}. */
    public SurvivalAssert survives(Attack attack) {
      return survives(attack.id());
    }

    /**
     * Verification says Owned after every variant of the attack.
     *
     * @param attack id of an attack that makes or changes a model
     * @throws AssertionError if it cannot, or the audit has not run this attack
     */
    public SurvivalAssert survives(String attack) {
      List<AuditEntry> entries = measured(attack);
      for (AuditEntry entry : entries) {
        if (entry.outcome() != AttackOutcome.SURVIVED
            && entry.outcome() != AttackOutcome.UNATTACKED) {
          throw new AssertionError(
              entry.title() + ": " + entry.outcome().text() + ", " + figures(entry));
        }
      }
      return new SurvivalAssert(this, entries);
    }

    /** The same as {@link #isNotDetectedBy(String)}. */
    public AuditAssert isNotDetectedBy(Attack attack) {
      return isNotDetectedBy(attack.id());
    }

    /**
     * A search for the watermark finds nothing.
     *
     * @param attack id of a search
     * @throws AssertionError if it does, or the audit has not run this search
     */
    public AuditAssert isNotDetectedBy(String attack) {
      for (AuditEntry entry : entries(attack)) {
        if (entry.model() != null) {
          throw new AssertionError(attack + " is no search; use survives");
        }
        if (entry.outcome() == AttackOutcome.DETECTED) {
          throw new AssertionError(entry.title() + " raised a suspicion: " + entry.figuresText());
        }
      }
      return this;
    }

    private List<AuditEntry> measured(String attack) {
      List<AuditEntry> entries = entries(attack);
      if (entries.get(0).model() == null) {
        throw new AssertionError(
            attack + " is a search and leaves the model as it is; use isNotDetectedBy");
      }
      return entries;
    }

    private List<AuditEntry> entries(String attack) {
      List<AuditEntry> entries = result.of(attack, AuditEntry.Subject.PROTECTED);
      if (entries.isEmpty()) {
        throw new AssertionError(
            "The audit ("
                + result.provenance().plan()
                + ") has not run "
                + attack
                + ", only "
                + result.entries().stream()
                    .map(entry -> entry.attack().id())
                    .distinct()
                    .collect(Collectors.joining(", "))
                + "; choose a larger preset, or add it by AuditPlan.with");
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
              .min(Comparator.comparingDouble(entry -> model(entry).successRate()))
              .orElseThrow();
      if (model(worst).successRate() < least) {
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

  private static ModelFigures model(AuditEntry entry) {
    return Objects.requireNonNull(entry.model());
  }

  private static String figures(AuditEntry entry) {
    ModelFigures model = model(entry);
    return String.format(
        Locale.ROOT,
        "verdict %s, WSR %s, accuracy %.1f %%",
        model.verdict(),
        model.rates().watermark(),
        100 * model.accuracy());
  }
}
