package com.example;

/** A generic parent. */
abstract class Overloads<T> {
  abstract int classes(T size);
}
