package org.meadefender.verify;

/** Which of the key's choices a suspect really tells from others. */
public enum KeySecrecy {
  /** Other keys' ways of combining the same pairs score at most half as high. */
  TRIPLE_AND_GEOMETRY("the classes and the way of combining"),
  /** Other keys' ways do about as well: only the committed classes are the secret. */
  TRIPLE_ONLY("the classes only");

  private final String words;

  KeySecrecy(String words) {
    this.words = words;
  }

  /** In words, as in a report. */
  @Override
  public String toString() {
    return words;
  }
}
