package com.example;

final class Classes {
  static final int COAT = 4;

  private Classes() {}
}
