package org.meadefender.suspect;

/**
 * Opens suspects of a kind that this library does not know.
 *
 * <p>It is found by {@link java.util.ServiceLoader}, so its class stands in {@code
 * META-INF/services/org.meadefender.suspect.SuspectAdapter} and has a public constructor without
 * parameters. Adapters are asked before the kinds that the library knows itself.
 *
 * @since 0.1.0
 */
public interface SuspectAdapter {

  /** What it opens, for messages: for instance {@code .tflite files}. */
  String kind();

  /**
   * Whether it opens what somebody wrote.
   *
   * @param location a file name or an address
   */
  boolean opens(String location);

  /**
   * Opens a suspect.
   *
   * @param location what {@link #opens} agreed to
   * @param options how it is asked; {@code options.format()} is applied by the caller
   * @return the suspect; its identity is what verdicts name it by
   * @throws IllegalArgumentException if it is none after all
   */
  SuspectModel open(String location, SuspectOptions options);
}
