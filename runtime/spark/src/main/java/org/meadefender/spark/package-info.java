/** Watermarked training on the workers of an Apache Spark cluster. */
@org.jspecify.annotations.NullMarked
package org.meadefender.spark;
