package org.meadefender.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.PreparedVerification;

/**
 * Verifies many suspects for many claims on an Apache Spark cluster.
 *
 * <pre>{@code
 * List<SuspectVerdict> verdicts =
 *     SparkVerification.verify(
 *         sparkContext,
 *         List.of("/models/a.zip", "https://example.com/v1/models/b:predict"),
 *         suspect -> Suspects.open(suspect, SuspectOptions.ofClasses(10)),
 *         Map.of("digits", () -> claim(Path.of("/etc/secrets/owner.key"))));
 * }</pre>
 *
 * <p>A verification needs the owner's key where it runs: lay it on the workers' machines, and let
 * the claim read it there. What is sent to them are the functions, so that a key that a function
 * has captured would travel: capture names of files.
 */
public final class SparkVerification {
  private SparkVerification() {}

  /** Prepares a claim, on the worker's machine; once for all suspects of a partition. */
  @FunctionalInterface
  public interface ClaimSource extends Serializable {
    /**
     * The claim's rows and reference panel, from files of that machine.
     *
     * @throws Exception what ends the job; its message must not hold the key
     */
    PreparedVerification prepare() throws Exception;
  }

  /** Opens a suspect, on the worker's machine. */
  @FunctionalInterface
  public interface SuspectSource extends Serializable {
    /**
     * The suspect of a name, an address or a file.
     *
     * @throws Exception what stands in the place of the suspect's verdicts
     */
    SuspectModel open(String suspect) throws Exception;
  }

  /**
   * Verifies. Each suspect is opened and asked on one worker; suspects are spread over as many
   * partitions as the cluster has cores. One that cannot be opened or asked has no verdict, and the
   * others have theirs. A claim that cannot be prepared ends the job with Spark's exception.
   *
   * @param suspects names, addresses or files
   * @param claims by name
   * @return a verdict for each suspect and claim, in the order of both
   * @throws IllegalArgumentException if there is no suspect or no claim
   */
  public static List<SuspectVerdict> verify(
      JavaSparkContext context,
      List<String> suspects,
      SuspectSource source,
      Map<String, ? extends ClaimSource> claims) {
    if (suspects.isEmpty() || claims.isEmpty()) {
      throw new IllegalArgumentException(
          "There are "
              + suspects.size()
              + " suspects and "
              + claims.size()
              + " claims; pass at least one of each");
    }
    int partitions = Math.min(suspects.size(), context.defaultParallelism());
    LinkedHashMap<String, ClaimSource> all = new LinkedHashMap<>(claims);
    return context
        .parallelize(suspects, partitions)
        .mapPartitions(part -> verdicts(part, source, all))
        .collect();
  }

  private static Iterator<SuspectVerdict> verdicts(
      Iterator<String> suspects, SuspectSource source, Map<String, ClaimSource> claims)
      throws Exception {
    Map<String, PreparedVerification> prepared = new LinkedHashMap<>();
    for (Map.Entry<String, ClaimSource> each : claims.entrySet()) {
      prepared.put(each.getKey(), each.getValue().prepare());
    }
    List<SuspectVerdict> verdicts = new ArrayList<>();
    while (suspects.hasNext()) {
      String suspect = suspects.next();
      prepared.forEach((claim, each) -> verdicts.add(verdict(suspect, source, claim, each)));
    }
    return verdicts.iterator();
  }

  // A suspect may fail in any way; the others must have their verdicts.
  private static SuspectVerdict verdict(
      String suspect, SuspectSource source, String claim, PreparedVerification prepared) {
    try {
      OwnershipVerdict verdict = prepared.verify(source.open(suspect));
      return new SuspectVerdict(suspect, claim, verdict.name(), verdict.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SuspectException("The job was stopped", e);
    } catch (Exception e) {
      return new SuspectVerdict(suspect, claim, null, reason(e));
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
