package com.example;

import org.meadefender.annotations.Protected;

/** Its factory stands in an interface. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Implementer implements Layered {}
