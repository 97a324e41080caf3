package org.meadefender.internal;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Tells whether arrays lie in the process's own memory, so that their addresses may be read.
 *
 * <p>So they do on ND4J's CPU backend. On any other, CUDA above all, an address is the device's, or
 * of a copy that is behind; there, arrays are read through ND4J only.
 */
public final class HostMemory {
  /** Set to {@code true}, no address is read, whatever the backend. */
  public static final String PROPERTY = "meadefender.portable";

  private static final boolean CPU =
      "CPU"
          .equalsIgnoreCase(
              Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));

  private HostMemory() {}

  /** Whether an array's address may be read. */
  public static boolean isDirect() {
    return CPU && !Boolean.getBoolean(PROPERTY);
  }
}
