package com.example;

import org.meadefender.annotations.Protected;

/** Its static factory stands in the superclass. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Child extends Parent {}
