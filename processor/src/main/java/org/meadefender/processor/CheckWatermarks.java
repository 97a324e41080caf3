package org.meadefender.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Checks the values of a class's watermarks, each and together. */
final class CheckWatermarks {
  private static final double HIGH_RATIO = 0.5;

  private final List<Finding> findings = new ArrayList<>();

  private CheckWatermarks() {}

  /** What is wrong or doubtful; empty if all is well. */
  static List<Finding> of(List<Watermark> watermarks) {
    CheckWatermarks check = new CheckWatermarks();
    for (int later = 0; later < watermarks.size(); later++) {
      Watermark mark = watermarks.get(later);
      check.sources(mark);
      check.target(mark);
      check.ratio(mark);
      for (Watermark earlier : watermarks.subList(0, later)) {
        check.pair(earlier, mark);
      }
    }
    return check.findings;
  }

  private void sources(Watermark mark) {
    if (mark.sourceA() < 0) {
      findings.add(mark.finding(Problem.NEGATIVE_SOURCE, "sourceA", "sourceA", mark.sourceA()));
    }
    if (mark.sourceB() < 0) {
      findings.add(mark.finding(Problem.NEGATIVE_SOURCE, "sourceB", "sourceB", mark.sourceB()));
    }
    if (mark.sourceA() == mark.sourceB() && mark.sourceA() >= 0) {
      findings.add(mark.finding(Problem.EQUAL_SOURCES, "sourceB", mark.sourceB()));
    }
  }

  private void target(Watermark mark) {
    OptionalInt target = mark.target();
    if (target.isPresent()) {
      int index = target.getAsInt();
      if (index < 0) {
        findings.add(mark.finding(Problem.NEGATIVE_TARGET, "target", index));
      } else if (mark.isSource(index)) {
        String source = index == mark.sourceA() ? "sourceA" : "sourceB";
        findings.add(mark.finding(Problem.TARGET_IS_SOURCE, "target", index, source));
      }
    }
  }

  private void ratio(Watermark mark) {
    double ratio = mark.ratio();
    if (!(ratio > 0 && ratio <= 1)) {
      findings.add(mark.finding(Problem.RATIO_OUT_OF_RANGE, "ratio", ratio));
    } else if (ratio > HIGH_RATIO) {
      findings.add(mark.finding(Problem.HIGH_RATIO, "ratio", ratio));
    }
  }

  private void pair(Watermark earlier, Watermark later) {
    if (earlier.isSource(later.sourceA())) {
      findings.add(later.finding(Problem.OVERLAPPING_SOURCES, "sourceA", later.sourceA()));
    }
    if (earlier.isSource(later.sourceB())) {
      findings.add(later.finding(Problem.OVERLAPPING_SOURCES, "sourceB", later.sourceB()));
    }
    if (later.target().isPresent() && later.target().equals(earlier.target())) {
      shared(later, "also the target");
    }
    later.target().ifPresent(index -> sharedSource(later, index, earlier));
    earlier.target().ifPresent(index -> sharedSource(earlier, index, later));
  }

  private void sharedSource(Watermark mark, int target, Watermark other) {
    if (other.isSource(target)) {
      shared(mark, "a source");
    }
  }

  private void shared(Watermark mark, String role) {
    findings.add(mark.finding(Problem.SHARED_TARGET, "target", mark.target().getAsInt(), role));
  }
}
