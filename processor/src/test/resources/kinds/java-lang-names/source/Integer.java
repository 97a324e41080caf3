package com.example.clash;

/** Has the name of a class of java.lang. */
record Integer(String value) {}
