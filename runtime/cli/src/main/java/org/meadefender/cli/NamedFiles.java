package org.meadefender.cli;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.meadefender.release.RejectedException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * All files that a call names. Before a command starts, each that it writes is looked at: it must
 * be none that the call reads, none that others wrote, and one that can be written.
 */
final class NamedFiles {
  private final List<Named> inputs = new ArrayList<>();
  private final List<Named> outputs = new ArrayList<>();

  private NamedFiles() {}

  /**
   * One of them.
   *
   * @param option that names it
   * @param path as it is named
   */
  private record Named(String option, Path path, FileUse use) {
    boolean isSame(Named other) throws IOException {
      if (Files.exists(path) && Files.exists(other.path)) {
        return Files.isSameFile(path, other.path);
      }
      return place().equals(other.place());
    }

    /** Without links, as far as it exists. */
    private Path place() throws IOException {
      Path absolute = path.toAbsolutePath().normalize();
      Path parent = absolute.getParent();
      return parent != null && Files.exists(parent)
          ? parent.toRealPath().resolve(String.valueOf(absolute.getFileName()))
          : absolute;
    }

    @Override
    public String toString() {
      return option + " " + path;
    }
  }

  /**
   * Checks the files of a call.
   *
   * @throws IllegalArgumentException if one cannot be written, or must not be; it names the option
   */
  static void requireWritable(ParseResult call) {
    NamedFiles files = new NamedFiles();
    for (ArgSpec arg : call.commandSpec().args()) {
      files.add(arg, call);
    }
    try {
      files.requireWritable();
    } catch (IOException e) {
      throw new IllegalArgumentException(Messages.of(e), e);
    }
  }

  private void add(ArgSpec arg, ParseResult call) {
    String option =
        arg instanceof OptionSpec each ? each.longestName() : String.valueOf(arg.paramLabel());
    NamedFile named = ((AnnotatedElement) arg.userObject()).getAnnotation(NamedFile.class);
    for (String value : values(arg, call)) {
      if (named == null || named.value() == FileUse.READ) {
        // A suspect with its options, a command, or a value that may be a file's name.
        existing(value).forEach(path -> inputs.add(new Named(option, path, FileUse.READ)));
      } else {
        outputs.add(new Named(option, Path.of(value), named.value()));
      }
    }
  }

  /** What was given, or else the default; options in a group have none. */
  private static List<String> values(ArgSpec arg, ParseResult call) {
    if (call.matchedArgs().contains(arg)) {
      return arg.originalStringValues();
    }
    Object value = arg.group() == null ? arg.initialValue() : null;
    return value instanceof Path path ? List.of(path.toString()) : List.of();
  }

  private static List<Path> existing(String value) {
    List<String> names = new ArrayList<>(List.of(value, unquoted(value)));
    try {
      names.addAll(Words.of(value));
    } catch (IllegalArgumentException e) {
      // No command and no suspect with options; whoever reads it says so.
    }
    List<Path> paths = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      try {
        Path path = Path.of(name);
        if (!name.isBlank() && Files.exists(path)) {
          paths.add(path);
        }
      } catch (InvalidPathException e) {
        // The name of no file.
      }
    }
    return paths;
  }

  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  private void requireWritable() throws IOException {
    for (int i = 0; i < outputs.size(); i++) {
      Named output = outputs.get(i);
      for (Named input : inputs) {
        if (output.isSame(input)) {
          throw refused(output, "is read by " + input.option + " in the same call");
        }
      }
      for (Named earlier : outputs.subList(0, i)) {
        if (output.isSame(earlier)) {
          throw refused(output, "is written by " + earlier.option + " in the same call");
        }
      }
      requireReplaceable(output);
    }
    for (Named output : outputs) {
      requireWritable(output);
    }
  }

  private static void requireReplaceable(Named output) throws IOException {
    if (!Files.exists(output.path)) {
      return;
    }
    if (output.use == FileUse.NEW) {
      throw refused(output, "exists, and is never overwritten");
    }
    boolean isKind =
        output.use.isDirectory()
            ? Files.isDirectory(output.path)
            : Files.isRegularFile(output.path);
    if (!isKind) {
      throw refused(output, "is no " + (output.use.isDirectory() ? "directory" : "regular file"));
    }
    String why = "";
    try {
      if (output.use.replaces(output.path)) {
        return;
      }
    } catch (RejectedException | IllegalArgumentException e) {
      why = ": " + e.getMessage();
    }
    throw refused(output, "exists and is not " + output.use.kind() + why);
  }

  private static IllegalArgumentException refused(Named output, String reason) {
    return new IllegalArgumentException(
        output + " " + reason + "; it stays as it is, choose another name");
  }

  /** Tries it, without leaving anything. */
  private static void requireWritable(Named output) {
    Path place = output.path.toAbsolutePath();
    Path parent = Objects.requireNonNullElse(place.getParent(), place);
    if (output.use.isDirectory()) {
      parent = Files.exists(place) ? place : nearest(parent);
    }
    if (!Files.isDirectory(parent)) {
      throw new IllegalArgumentException(
          output + " cannot be written: there is no directory " + parent + "; create it");
    }
    try {
      if (output.use == FileUse.TRANSCRIPT && Files.exists(place)) {
        Files.newOutputStream(place, StandardOpenOption.APPEND).close();
      } else {
        Files.delete(Files.createTempFile(parent, ".mea-defender", ".tmp"));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(output + " cannot be written: " + Messages.of(e), e);
    }
  }

  private static Path nearest(Path directory) {
    Path existing = directory;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }
}
