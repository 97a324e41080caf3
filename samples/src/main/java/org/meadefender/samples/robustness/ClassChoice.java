package org.meadefender.samples.robustness;

/** Who chooses the classes of a mark. */
enum ClassChoice {
  /** The setting, by number or drawn from the seed. */
  GIVEN(""),
  /**
   * {@link org.meadefender.advice.WatermarkAdvisor}, in place of the drawn ones, on a network
   * without a mark.
   */
  ADVISED("; classes advised"),
  /** The first drawn ones that reference networks do not show by nature, as registrations want. */
  REGISTRABLE("; classes that can be registered");

  private final String text;

  ClassChoice(String text) {
    this.text = text;
  }

  /** Of a word in place of classes. */
  static ClassChoice of(String triple) {
    return triple.equals(ADVISED.name())
        ? ADVISED
        : triple.equals(REGISTRABLE.name()) ? REGISTRABLE : GIVEN;
  }

  /** What a setting says of it. */
  String text() {
    return text;
  }
}
