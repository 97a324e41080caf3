package com.example

import org.meadefender.spec.OwnerKey

/** Uses the wrappers from Kotlin. */
fun main() {
    val key = OwnerKey.generate()
    check(ProtectedDigits.create(key).network().numParams() == 50L)
    check(ProtectedLetters.create(key, 2, listOf("a", "b")).network().numParams() == 50L)
    check(ProtectedTwice.create(key).network().numParams() == 50L)
    check(ProtectedSized.create(key).network().numParams() == 50L)
    check(ProtectedOnly.create(key, Only).network().numParams() == 50L)
    check(ProtectedArgs.create(key, Args(2), listOf("a", null)).network().numParams() == 50L)
    println("Wrappers work from Kotlin")
}
