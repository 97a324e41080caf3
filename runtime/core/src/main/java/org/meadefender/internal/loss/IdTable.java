package org.meadefender.internal.loss;

/** The rows of a batch by their ids: a hash table of two flat arrays. */
final class IdTable {
  private final int[] ids;
  private final int[] rows;

  /** An empty table for so many ids. */
  IdTable(int most) {
    int size = Integer.highestOneBit(Math.max(1, most)) << 2;
    this.ids = new int[size];
    this.rows = new int[size];
  }

  /** Remembers a row, the last one of an id; 0 is no id. */
  void put(int id, int row) {
    if (id != 0) {
      int place = place(id);
      ids[place] = id;
      rows[place] = row;
    }
  }

  /** The row with an id; −1 if there is none. */
  int rowOf(int id) {
    int place = place(id);
    return id != 0 && ids[place] == id ? rows[place] : -1;
  }

  /** Where an id stands, or may be put. */
  private int place(int id) {
    int place = id & ids.length - 1;
    while (ids[place] != 0 && ids[place] != id) {
      place = place + 1 & ids.length - 1;
    }
    return place;
  }
}
