package com.example;

import org.meadefender.annotations.Protected;

@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Net {
  static int inputs() {
    return 4;
  }
}
