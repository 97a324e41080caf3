package org.meadefender.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.SimpleAnnotationValueVisitor9;
import org.jspecify.annotations.Nullable;

/** Reads the values of one watermark and collects those that it cannot read. */
final class MarkReader {
  private final Elements elements;
  private final TypeElement type;
  private final String name;
  private final MarkSource source;
  private final Map<String, Entry> templateEntries;
  private final Map<String, Entry> useEntries;
  private final List<Finding> unreadable = new ArrayList<>();

  /**
   * For one watermark.
   *
   * @param type the class that carries it
   * @param name how diagnostics call it
   */
  MarkReader(Elements elements, TypeElement type, String name, MarkSource source) {
    this.elements = elements;
    this.type = type;
    this.name = name;
    this.source = source;
    this.templateEntries = entries(source.template());
    this.useEntries = source.use() == null ? Map.of() : entries(source.use());
  }

  /** What is written; values that cannot be read are replaced by ones of no meaning. */
  MarkDeclaration read() {
    return new MarkDeclaration(
        name,
        setting("sourceA", Integer.class, 0),
        setting("sourceB", Integer.class, 0),
        setting("ratio", Double.class, 0.0),
        setting("target", Integer.class, 0),
        setting("combine", String.class, ""),
        setting("evasion", Boolean.class, false));
  }

  /** A finding for each value that {@link #read} could not read. */
  List<Finding> unreadable() {
    return unreadable;
  }

  private <T> Setting<T> setting(String member, Class<T> kind, T otherwise) {
    AnnotationMirror onClass = source.use() == null ? source.template() : source.use();
    Position whole = new Position(type, onClass, null);
    Entry replaced = useEntries.get(member);
    T replacement = replaced == null ? null : valueOf(replaced.value, kind);
    if (replaced != null && replacement != null) {
      return setting(replacement, member, kind, at(replaced, whole));
    }
    Entry own = templateEntries.get(member);
    T value = own == null ? null : valueOf(own.value, kind);
    Position here = own == null || source.use() != null ? whole : at(own, whole);
    if (value == null) {
      unreadable.add(Finding.of(Problem.UNREADABLE_VALUE, here, name, member));
      return new Setting<>(otherwise, false, here);
    }
    return setting(value, member, kind, here);
  }

  private <T> Setting<T> setting(T value, String member, Class<T> kind, Position position) {
    Entry own = templateEntries.get(member);
    AnnotationValue standard = own == null ? null : own.member.getDefaultValue();
    boolean isDefault = standard != null && value.equals(valueOf(standard, kind));
    return new Setting<>(value, isDefault, position);
  }

  private static Position at(Entry entry, Position whole) {
    return entry.written ? new Position(whole.element(), whole.mirror(), entry.value) : whole;
  }

  private Map<String, Entry> entries(AnnotationMirror mirror) {
    Map<String, Entry> entries = new HashMap<>();
    Set<? extends ExecutableElement> written = mirror.getElementValues().keySet();
    elements
        .getElementValuesWithDefaults(mirror)
        .forEach(
            (member, value) ->
                entries.put(
                    member.getSimpleName().toString(),
                    new Entry(member, value, written.contains(member))));
    return entries;
  }

  /**
   * One member of an annotation.
   *
   * @param written whether it stands in the source; else it is a default
   */
  private record Entry(ExecutableElement member, AnnotationValue value, boolean written) {}

  /** The value as the given type; null where it is something else, such as a missing constant. */
  private static <T> @Nullable T valueOf(AnnotationValue value, Class<T> kind) {
    Object raw =
        value.accept(
            new SimpleAnnotationValueVisitor9<@Nullable Object, @Nullable Void>() {
              @Override
              public @Nullable Object visitInt(int i, @Nullable Void unused) {
                return kind == Double.class ? (Object) (double) i : i;
              }

              @Override
              public @Nullable Object visitDouble(double d, @Nullable Void unused) {
                return d;
              }

              @Override
              public @Nullable Object visitBoolean(boolean b, @Nullable Void unused) {
                return b;
              }

              @Override
              public @Nullable Object visitEnumConstant(VariableElement c, @Nullable Void unused) {
                return c.getSimpleName().toString();
              }
            },
            null);
    return kind.isInstance(raw) ? kind.cast(raw) : null;
  }
}
