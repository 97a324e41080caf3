package org.meadefender.accelerate;

import org.meadefender.internal.HostMemory;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Tells whether the loaded ND4J binary contains oneDNN. */
final class OneDnn {
  /** How the binary's list of build options names it; the plain binary lacks the line. */
  private static final String BUILD_OPTION = "HAVE_ONEDNN";

  private OneDnn() {}

  static boolean available() {
    if (!HostMemory.isDirect()) {
      return false;
    }
    String build = NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo();
    // The switch alone does not tell: it is on in binaries without oneDNN too.
    return build != null
        && build.lines().anyMatch(BUILD_OPTION::equals)
        && Nd4j.getEnvironment().helpersAllowed()
        && Nd4jCpu.Environment.getInstance().isUseONEDNN();
  }
}
