package com.example;

/** A factory that implementations may keep. */
interface Defaults {
  /** The layers. */
  default int inputs() {
    return 4;
  }
}
