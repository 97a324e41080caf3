package com.example;

/** Has the name of a class that every wrapper needs. */
record OwnerKey(String name) {}
