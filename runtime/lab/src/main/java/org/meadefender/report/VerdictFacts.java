package org.meadefender.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meadefender.release.Registration;
import org.meadefender.release.TimeStamp;

/**
 * What a verdict's page says beside the figures, as far as it is known.
 *
 * @param written when the page was made; empty for no date
 * @param suspectName the suspect's file, as it was named; empty if it has none
 * @param classNames names of the classes by index; empty for numbers only
 * @param targets target class of each mark, to be shown; empty where they stay secret
 * @param registration what was committed to before; empty if nothing was
 * @param timeStamp of the registration; empty if it has none
 */
public record VerdictFacts(
    Optional<Instant> written,
    Optional<String> suspectName,
    List<String> classNames,
    List<Integer> targets,
    Optional<Registration> registration,
    Optional<TimeStamp> timeStamp) {

  /** Nothing is known, and the target stays secret. */
  public static final VerdictFacts NONE =
      new VerdictFacts(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  /** Copies the lists. */
  public VerdictFacts {
    classNames = List.copyOf(classNames);
    targets = List.copyOf(targets);
  }

  /** The same with a date. */
  public VerdictFacts withWritten(Instant time) {
    return new VerdictFacts(
        Optional.of(time), suspectName, classNames, targets, registration, timeStamp);
  }

  /** The same with the suspect's file; never an address, which may hold a password. */
  public VerdictFacts withSuspectName(String name) {
    return new VerdictFacts(
        written, Optional.of(name), classNames, targets, registration, timeStamp);
  }

  /** The same with names of classes. */
  public VerdictFacts withClassNames(List<String> names) {
    return new VerdictFacts(written, suspectName, names, targets, registration, timeStamp);
  }

  /** The same with the targets, which then are no secret any more for readers of the page. */
  public VerdictFacts withTargets(List<Integer> shown) {
    return new VerdictFacts(written, suspectName, classNames, shown, registration, timeStamp);
  }

  /** The same with the registration that the verdict is about, and its time stamp. */
  public VerdictFacts withRegistration(Registration registered, Optional<TimeStamp> stamp) {
    return new VerdictFacts(
        written, suspectName, classNames, targets, Optional.of(registered), stamp);
  }

  /** A class in words. */
  String className(int index) {
    return index < classNames.size() && !classNames.get(index).equals(Integer.toString(index))
        ? classNames.get(index) + " (class " + index + ")"
        : "class " + index;
  }
}
