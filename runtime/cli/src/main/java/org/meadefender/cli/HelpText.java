package org.meadefender.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IHelpSectionRenderer;

/**
 * Help for terminals of 80 columns. Lines are broken at spaces only, so that names stay whole, and
 * examples so that they can be copied. (picocli breaks at hyphens, too.)
 */
final class HelpText {
  private static final int WIDTH = 80;

  /** No line of help is as long. */
  private static final int UNBROKEN = 5_000;

  private static final int CONTINUED = 4;
  private static final String USAGE = "Usage: ";

  /** Where descriptions begin; text with two spaces further right is none. */
  private static final int WIDEST_NAME = 32;

  private static final Pattern NAME = Pattern.compile("^( *\\S.*? {2,})\\S");
  private static final Pattern OPTIONS = Pattern.compile(" (?=--)");

  private HelpText() {}

  /** Applies to a command and those below it. */
  static void applyTo(CommandLine commandLine) {
    Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>();
    commandLine
        .getHelpSectionMap()
        .forEach(
            (name, section) -> sections.put(name, help -> wrapped(section.render(help), WIDTH)));
    sections.put(SECTION_KEY_SYNOPSIS_HEADING, help -> "");
    sections.put(
        SECTION_KEY_SYNOPSIS, help -> wrapped(USAGE + help.synopsis(USAGE.length()), WIDTH));
    commandLine
        .setUsageHelpWidth(UNBROKEN)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setHelpSectionMap(sections);
  }

  /** A text with shorter lines. */
  static String wrapped(String text, int width) {
    return text.lines()
        .map(line -> wrappedLine(line.stripTrailing(), width) + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static String wrappedLine(String line, int width) {
    if (line.length() <= width) {
      return line;
    }
    int leading = line.length() - line.stripLeading().length();
    if (line.startsWith("  mea-defender ")) {
      return joined(OPTIONS.split(line.strip()), leading, leading + CONTINUED, width, " \\");
    }
    Matcher name = NAME.matcher(line);
    boolean isRow = name.find() && name.group(1).length() <= WIDEST_NAME;
    int hanging = isRow ? name.group(1).length() : line.startsWith(USAGE) ? CONTINUED : leading;
    String head = isRow ? name.group(1) : "";
    String rest = line.substring(head.length()).strip();
    String broken = joined(rest.split(" ", -1), isRow ? hanging : leading, hanging, width, "");
    return isRow ? head + broken.substring(hanging) : broken;
  }

  /** Puts as many pieces on a line as there is room for. */
  private static String joined(
      String[] pieces, int leading, int hanging, int width, String continued) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(" ".repeat(leading)).append(pieces[0]);
    for (int i = 1; i < pieces.length; i++) {
      if (line.length() + 1 + pieces[i].length() + continued.length() > width) {
        lines.add(line + continued);
        line = new StringBuilder(" ".repeat(hanging)).append(pieces[i]);
      } else {
        line.append(' ').append(pieces[i]);
      }
    }
    lines.add(line.toString());
    return String.join(System.lineSeparator(), lines);
  }
}
