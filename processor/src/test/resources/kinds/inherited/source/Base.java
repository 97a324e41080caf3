package com.example;

/** What all models share. */
abstract class Base<T> implements Defaults {
  private final T topology;

  Base(T topology) {
    this.topology = topology;
  }

  T topology() {
    return topology;
  }
}
