package org.meadefender.processor;

import com.palantir.javapoet.ClassName;

/** The runtime's and Deeplearning4j's types that generated code names. */
final class WrapperTypes {
  static final ClassName COMBINE = ClassName.get("org.meadefender.annotations", "Combine");
  static final ClassName DATA =
      ClassName.get("org.nd4j.linalg.dataset.api.iterator", "DataSetIterator");
  static final ClassName KEY = ClassName.get("org.meadefender.spec", "OwnerKey");
  static final ClassName PROTECTED_MODEL = ClassName.get("org.meadefender.train", "ProtectedModel");
  static final ClassName SPEC = ClassName.get("org.meadefender.spec", "WatermarkSpec");
  static final ClassName SUSPECT = ClassName.get("org.meadefender.suspect", "SuspectModel");
  static final ClassName TRAINING_WRAPPER =
      ClassName.get("org.meadefender.wrapper", "TrainingWrapper");
  static final ClassName VERIFIER = ClassName.get("org.meadefender.verify", "OwnershipVerifier");
  static final ClassName VERDICT = ClassName.get("org.meadefender.verify", "OwnershipVerdict");

  private WrapperTypes() {}
}
