package com.example;

import org.meadefender.spec.OwnerKey;
import org.meadefender.wrapper.TrainingWrapper;

/** Uses the wrapper where only the runtime is on the class path. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    OwnerKey key = OwnerKey.generate();
    long parameters = Digits.owned(key).network().numParams();
    TrainingWrapper<?> loaded = TrainingWrapper.forClass(Digits.class, key);
    if (parameters != 50 || loaded.network().numParams() != parameters) {
      throw new AssertionError("parameters: " + parameters);
    }
    try {
      Class.forName("org.meadefender.processor.ProtectedProcessor");
      throw new AssertionError("The processor is on the class path");
    } catch (ClassNotFoundException expected) {
      System.out.println("Wrapper works without the processor");
    }
  }
}
