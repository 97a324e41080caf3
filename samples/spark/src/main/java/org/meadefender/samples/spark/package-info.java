/** Protected training on a cluster of Apache Spark that runs on this machine. */
@org.jspecify.annotations.NullMarked
package org.meadefender.samples.spark;
