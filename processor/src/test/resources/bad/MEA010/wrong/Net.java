package com.example;

import org.meadefender.annotations.ModelFactory;
import org.meadefender.annotations.Protected;

@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Net {
  private Net() {}

  @ModelFactory
  static int layers() {
    return 4;
  }
}
