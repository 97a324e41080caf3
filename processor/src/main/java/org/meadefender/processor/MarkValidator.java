package org.meadefender.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meadefender.annotations.Protected;

/** Checks the watermarks of a class, each and together. */
final class MarkValidator {
  private static final double HIGH_RATIO = 0.5;

  private final List<Finding> findings = new ArrayList<>();

  /** What is wrong or doubtful; empty if all is well. */
  static List<Finding> check(List<MarkDeclaration> marks) {
    MarkValidator validator = new MarkValidator();
    marks.forEach(validator::checkOne);
    for (int later = 1; later < marks.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        validator.checkPair(marks.get(earlier), marks.get(later));
      }
    }
    return validator.findings;
  }

  /** The mark of a declaration without errors. */
  static Mark accept(MarkDeclaration mark) {
    return new Mark(
        mark.sourceA().value(),
        mark.sourceB().value(),
        mark.ratio().value(),
        mark.target().isDefault() ? OptionalInt.empty() : OptionalInt.of(mark.target().value()),
        mark.combine().isDefault() ? Optional.empty() : Optional.of(mark.combine().value()),
        mark.evasion().value());
  }

  private void checkOne(MarkDeclaration mark) {
    String name = mark.annotation();
    int a = mark.sourceA().value();
    int b = mark.sourceB().value();
    int target = mark.target().value();
    double ratio = mark.ratio().value();
    if (a < 0) {
      add(Problem.NEGATIVE_SOURCE, mark.sourceA(), name, "sourceA", a);
    }
    if (b < 0) {
      add(Problem.NEGATIVE_SOURCE, mark.sourceB(), name, "sourceB", b);
    }
    if (a == b && a >= 0) {
      add(Problem.EQUAL_SOURCES, mark.sourceB(), name, b);
    }
    if (hasTarget(mark)) {
      if (target < 0) {
        add(Problem.NEGATIVE_TARGET, mark.target(), name, target);
      } else if (target == a || target == b) {
        add(
            Problem.TARGET_IS_SOURCE,
            mark.target(),
            name,
            target,
            target == a ? "sourceA" : "sourceB");
      }
    }
    if (!(ratio > 0 && ratio <= 1)) {
      add(Problem.RATIO_OUT_OF_RANGE, mark.ratio(), name, ratio);
    } else if (ratio > HIGH_RATIO) {
      add(Problem.HIGH_RATIO, mark.ratio(), name, ratio);
    }
  }

  private void checkPair(MarkDeclaration earlier, MarkDeclaration later) {
    for (Setting<Integer> source : List.of(later.sourceA(), later.sourceB())) {
      if (isSource(earlier, source.value())) {
        add(Problem.OVERLAPPING_SOURCES, source, later.annotation(), source.value());
      }
    }
    if (hasTarget(later) && hasTarget(earlier) && same(later.target(), earlier.target())) {
      shared(later, "also the target");
    }
    if (hasTarget(later) && isSource(earlier, later.target().value())) {
      shared(later, "a source");
    }
    if (hasTarget(earlier) && isSource(later, earlier.target().value())) {
      shared(earlier, "a source");
    }
  }

  private void shared(MarkDeclaration mark, String role) {
    add(Problem.SHARED_TARGET, mark.target(), mark.annotation(), mark.target().value(), role);
  }

  private static boolean hasTarget(MarkDeclaration mark) {
    return mark.target().value() != Protected.TARGET_FROM_KEY;
  }

  private static boolean isSource(MarkDeclaration mark, int index) {
    return mark.sourceA().value() == index || mark.sourceB().value() == index;
  }

  private static boolean same(Setting<Integer> one, Setting<Integer> other) {
    return one.value().equals(other.value());
  }

  private void add(Problem problem, Setting<?> setting, Object... details) {
    findings.add(Finding.of(problem, setting.position(), details));
  }
}
