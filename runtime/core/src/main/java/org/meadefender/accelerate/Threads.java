package org.meadefender.accelerate;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of ND4J's operations. */
final class Threads {
  private static final Logger log = LoggerFactory.getLogger(Threads.class);

  private Threads() {}

  /**
   * ND4J counts the machine's cores, also where a container may use only some of them; threads
   * beyond those spin against each other. A count from {@code OMP_NUM_THREADS} stands.
   */
  static void limitToAvailable() {
    int available = Runtime.getRuntime().availableProcessors();
    if (System.getenv("OMP_NUM_THREADS") == null && count() > available) {
      log.info("Using {} threads, as many as this process may", available);
      set(available);
    }
  }

  static void set(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads is " + count + "; it must be at least 1");
    }
    nativeOps().setOmpNumThreads(count);
  }

  static int count() {
    return nativeOps().ompGetMaxThreads();
  }

  private static NativeOps nativeOps() {
    // The holder cannot be the first class of ND4J that is loaded.
    Nd4j.getExecutioner();
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }
}
