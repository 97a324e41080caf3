package com.example;

import org.meadefender.spec.OwnerKey;
import org.meadefender.train.ProtectedWrappers;

/** Asks for a wrapper that was not generated. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    try {
      ProtectedWrappers.create(Digits.class, OwnerKey.generate());
      throw new AssertionError("A wrapper was generated");
    } catch (IllegalStateException expected) {
      System.out.println(expected.getMessage());
    }
  }
}
