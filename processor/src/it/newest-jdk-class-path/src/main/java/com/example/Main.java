package com.example;

import org.meadefender.spec.OwnerKey;
import org.meadefender.wrapper.TrainingWrapper;

/** Asks for a wrapper that was not generated. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    try {
      TrainingWrapper.forClass(Digits.class, OwnerKey.generate());
      throw new AssertionError("A wrapper was generated");
    } catch (IllegalStateException expected) {
      System.out.println(expected.getMessage());
    }
  }
}
