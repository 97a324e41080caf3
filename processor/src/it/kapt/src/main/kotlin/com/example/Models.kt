package com.example

import org.deeplearning4j.nn.conf.MultiLayerConfiguration
import org.deeplearning4j.nn.conf.NeuralNetConfiguration
import org.deeplearning4j.nn.conf.layers.OutputLayer
import org.meadefender.annotations.Combine
import org.meadefender.annotations.Protected

private fun layers(inputs: Int): MultiLayerConfiguration =
    NeuralNetConfiguration.Builder()
        .list()
        .layer(OutputLayer.Builder().nIn(inputs.toLong()).nOut(10).build())
        .build()

/** An instance method. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1, target = 2)
class Digits {
    fun layers(): MultiLayerConfiguration = layers(4)
}

/** A singleton, whose factory is a static method for Java. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1, combine = Combine.STRIPES)
object Letters {
    @JvmStatic fun layers(inputs: Int, names: List<String>): MultiLayerConfiguration =
        layers(inputs * names.size)
}

/** Kotlin's own repetition, and a companion. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
@Protected(sourceA = 2, sourceB = 3, ratio = 0.1)
class Twice private constructor() {
    companion object {
        @JvmStatic fun layers(): MultiLayerConfiguration = layers(4)
    }
}

/** Made by the caller. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
class Sized(val inputs: Int = 4) {
    fun layers(): MultiLayerConfiguration = layers(inputs)
}

/** A singleton with an ordinary function. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
object Only {
    fun layers(): MultiLayerConfiguration = layers(4)
}

/** Made by the caller, for want of a default; the high ratio is meant. */
@Suppress("mea-defender")
@Protected(sourceA = 0, sourceB = 1, ratio = 0.9)
class Args(val inputs: Int) {
    fun layers(names: List<String?>): MultiLayerConfiguration = layers(inputs * names.size)
}

/** Is warned of its ratio. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.8)
class Loud {
    fun layers(): MultiLayerConfiguration = layers(4)
}
