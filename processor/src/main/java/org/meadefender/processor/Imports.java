package org.meadefender.processor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns marked names into imported or qualified ones.
 *
 * <p>A name is marked as {@code ‹java.util/List›}. An annotation of a type, {@code
 * ‹@org.jspecify.annotations/Nullable› }, stands before it, and between the package and the name
 * where that is qualified. Names of {@code java.lang} are imported as well: the user's package may
 * have a class {@code Integer}.
 */
final class Imports {
  private static final Pattern NAME = Pattern.compile("‹(@?)([^/›]*)/([^›]+)›");
  private static final Pattern TYPE = Pattern.compile("((?:‹@[^›]+› )*)‹([^@/›]*)/([^›]+)›");
  private static final Pattern ANNOTATION = Pattern.compile("‹@([^/›]*)/([^›]+)›");

  private final String packageName;
  private final Map<String, String> packages = new HashMap<>();
  private final Set<String> imported = new TreeSet<>();

  private Imports(String packageName) {
    this.packageName = packageName;
  }

  /**
   * A whole source file.
   *
   * @param body the declaration of its class
   * @param taken simple names that mean something else in it, such as type variables
   */
  static String resolve(String packageName, String body, Set<String> taken) {
    Imports imports = new Imports(packageName);
    imports.choose(body, taken);
    String text = TYPE.matcher(body).replaceAll(each -> imports.type(each.group(1), each));
    text =
        ANNOTATION
            .matcher(text)
            .replaceAll(each -> "@" + imports.name("", each.group(1), each.group(2)));
    StringBuilder file = new StringBuilder();
    if (!packageName.isEmpty()) {
      file.append("package ").append(packageName).append(";\n\n");
    }
    imports.imported.forEach(each -> file.append("import ").append(each).append(";\n"));
    return file.append(imports.imported.isEmpty() ? "" : "\n").append(text).toString();
  }

  /** Each simple name goes to the class of the own package, else to the first in the text. */
  private void choose(String body, Set<String> taken) {
    Set<String> wanted = new HashSet<>();
    Matcher names = NAME.matcher(body);
    while (names.find()) {
      String from = names.group(2);
      String simple = names.group(3);
      if (!taken.contains(simple)) {
        packages.putIfAbsent(simple, from);
        if (from.equals(packageName)) {
          packages.put(simple, from);
        }
        wanted.add(simple);
      }
    }
    for (String simple : wanted) {
      String from = packages.getOrDefault(simple, "");
      if (!from.equals(packageName) && !from.isEmpty()) {
        imported.add(from + "." + simple);
      }
    }
  }

  private String type(String annotations, java.util.regex.MatchResult name) {
    return Matcher.quoteReplacement(name(annotations, name.group(2), name.group(3)));
  }

  private String name(String annotations, String from, String simple) {
    boolean qualified = !from.isEmpty() && !from.equals(packages.get(simple));
    return (qualified ? from + "." : "") + annotations + simple;
  }
}
