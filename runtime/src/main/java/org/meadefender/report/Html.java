package org.meadefender.report;

/** Text for HTML pages. */
final class Html {
  private Html() {}

  /** Text that shows as it is. */
  static String text(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
