package org.meadefender.internal;

import com.sun.jna.Function;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory outside the heap: how the process keeps it, and when it gives it back.
 *
 * <p>oneDNN asks for tens of megabytes in every call and gives them back. By default such a block
 * comes fresh from the kernel each time, and touching its pages for the first time costs more than
 * the convolution itself, on virtual machines above all. Kept blocks are used again.
 */
public final class NativeMemory {
  private static final Logger log = LoggerFactory.getLogger(NativeMemory.class);

  /** Set to {@code false}, the process's allocator stays as it is. */
  public static final String PROPERTY = "meadefender.keepNativeMemory";

  // Options of mallopt, see malloc.h.
  private static final int TRIM_THRESHOLD = -1;
  private static final int MMAP_THRESHOLD = -3;

  private static final int MOST_KEPT_BYTES = 1 << 30;

  /** JavaCPP refuses to allocate when the process passes its limit, so most of it stays free. */
  private static final int SHARE_OF_LIMIT = 4;

  private NativeMemory() {}

  /**
   * Frees what finished work left: arrays are freed only when their heap objects are collected, and
   * workspaces stay as large as the largest training made them.
   */
  public static void release() {
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    collect();
  }

  /** Frees the arrays that nobody holds any more, and leaves workspaces to work that goes on. */
  public static void collect() {
    System.gc();
  }

  /** Tells glibc's allocator to keep large blocks; elsewhere nothing happens. */
  public static void keepBlocks() {
    if (!System.getProperty("os.name").startsWith("Linux")
        || "false".equals(System.getProperty(PROPERTY))) {
      return;
    }
    long limit = Pointer.maxPhysicalBytes();
    int bytes =
        limit > 0 ? (int) Math.min(MOST_KEPT_BYTES, limit / SHARE_OF_LIMIT) : MOST_KEPT_BYTES;
    try {
      Function mallopt = Function.getFunction("c", "mallopt");
      mallopt.invokeInt(new Object[] {MMAP_THRESHOLD, bytes});
      mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, bytes});
    } catch (LinkageError e) {
      log.debug("Native memory is not kept: no glibc, or JNA cannot be loaded", e);
    }
  }
}
