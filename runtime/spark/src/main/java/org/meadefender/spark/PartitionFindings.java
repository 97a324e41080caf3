package org.meadefender.spark;

import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * What one partition has.
 *
 * @param objects elements
 * @param rows samples in them
 * @param samples some of each source class, one by one
 */
record PartitionFindings(long objects, long rows, TreeMap<Integer, List<MultiDataSet>> samples)
    implements Serializable {}
