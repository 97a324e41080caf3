package org.meadefender.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.SimpleAnnotationValueVisitor9;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Protected;

/** Reads the watermarks of a class from its annotations and from templates, checking nothing. */
final class DeclarationReader {
  private static final String PROTECTED = Protected.class.getCanonicalName();
  private static final String SEVERAL = Protected.Several.class.getCanonicalName();

  private final Elements elements;

  DeclarationReader(Elements elements) {
    this.elements = elements;
  }

  /** Whether the annotation type is a template: carries the annotation, directly or by another. */
  boolean isTemplate(TypeElement annotationType) {
    return !templates(annotationType, new HashSet<>()).isEmpty();
  }

  /** Whether the class carries {@code @Protected} itself. */
  static boolean isDirect(TypeElement type) {
    return type.getAnnotationMirrors().stream().anyMatch(each -> !direct(each).isEmpty());
  }

  ClassDeclaration read(TypeElement type) {
    List<MarkSource> sources = new ArrayList<>();
    for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
      TypeElement annotationType = typeOf(mirror);
      List<AnnotationMirror> own = direct(mirror);
      own.forEach(each -> sources.add(new MarkSource("@Protected", each, null)));
      if (own.isEmpty()) {
        String name = "@" + annotationType.getSimpleName();
        templates(annotationType, new HashSet<>())
            .forEach(template -> sources.add(new MarkSource(name, template, mirror)));
      }
    }
    List<MarkDeclaration> marks = new ArrayList<>();
    List<Finding> unreadable = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      MarkSource source = sources.get(i);
      String name =
          sources.size() == 1
              ? source.name
              : source.name + " (" + (i + 1) + " of " + sources.size() + ")";
      MarkValues values = new MarkValues(type, name, source, unreadable);
      int known = unreadable.size();
      Setting<Integer> sourceA = values.integer("sourceA");
      Setting<Integer> sourceB = values.integer("sourceB");
      Setting<Double> ratio = values.number("ratio");
      Setting<Integer> target = values.integer("target");
      Setting<String> combine = values.constant("combine");
      Setting<Boolean> evasion = values.flag("evasion");
      if (unreadable.size() == known) {
        marks.add(new MarkDeclaration(name, sourceA, sourceB, ratio, target, combine, evasion));
      }
    }
    String first = sources.isEmpty() ? "@Protected" : sources.get(0).name;
    return new ClassDeclaration(type, first, List.copyOf(marks), List.copyOf(unreadable));
  }

  /** The {@code @Protected} that the mirror is or holds. */
  private static List<AnnotationMirror> direct(AnnotationMirror mirror) {
    String name = typeOf(mirror).getQualifiedName().toString();
    if (name.equals(PROTECTED)) {
      return List.of(mirror);
    }
    if (!name.equals(SEVERAL)) {
      return List.of();
    }
    List<AnnotationMirror> nested = new ArrayList<>();
    for (AnnotationValue held : mirror.getElementValues().values()) {
      held.accept(
          new SimpleAnnotationValueVisitor9<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitArray(
                List<? extends AnnotationValue> values, @Nullable Void unused) {
              values.forEach(value -> value.accept(this, null));
              return null;
            }

            @Override
            public @Nullable Void visitAnnotation(AnnotationMirror each, @Nullable Void unused) {
              nested.add(each);
              return null;
            }
          },
          null);
    }
    return nested;
  }

  private static List<AnnotationMirror> templates(TypeElement annotationType, Set<Element> seen) {
    List<AnnotationMirror> found = new ArrayList<>();
    if (seen.add(annotationType)) {
      for (AnnotationMirror mirror : annotationType.getAnnotationMirrors()) {
        found.addAll(direct(mirror));
        found.addAll(templates(typeOf(mirror), seen));
      }
    }
    return found;
  }

  private static TypeElement typeOf(AnnotationMirror mirror) {
    return (TypeElement) mirror.getAnnotationType().asElement();
  }

  /**
   * Where the values of one watermark come from.
   *
   * @param name simple name of the annotation on the class
   * @param template the {@code @Protected}
   * @param use the annotation on the class where that is another one
   */
  private record MarkSource(
      String name, AnnotationMirror template, @Nullable AnnotationMirror use) {}

  /** Reads the members of one watermark and collects those that it cannot read. */
  private final class MarkValues {
    private final TypeElement type;
    private final String name;
    private final MarkSource source;
    private final List<Finding> unreadable;
    private final Map<String, Entry> templateEntries;
    private final Map<String, Entry> useEntries;

    MarkValues(TypeElement type, String name, MarkSource source, List<Finding> unreadable) {
      this.type = type;
      this.name = name;
      this.source = source;
      this.unreadable = unreadable;
      this.templateEntries = entries(source.template);
      this.useEntries = entries(source.use);
    }

    Setting<Integer> integer(String member) {
      return setting(member, Integer.class, 0);
    }

    Setting<Double> number(String member) {
      return setting(member, Double.class, 0.0);
    }

    Setting<Boolean> flag(String member) {
      return setting(member, Boolean.class, false);
    }

    Setting<String> constant(String member) {
      return setting(member, String.class, "");
    }

    private <T> Setting<T> setting(String member, Class<T> kind, T otherwise) {
      Position whole = new Position(type, source.use == null ? source.template : source.use, null);
      if (source.use != null) {
        Entry replaced = useEntries.get(member);
        T value = replaced == null ? null : read(replaced.value, kind);
        if (replaced != null && value != null) {
          return new Setting<>(
              value,
              isDefault(member, kind, value),
              replaced.written ? new Position(type, source.use, replaced.value) : whole);
        }
      }
      Entry own = templateEntries.get(member);
      T value = own == null ? null : read(own.value, kind);
      Position here =
          own != null && own.written && source.use == null
              ? new Position(type, source.template, own.value)
              : whole;
      if (value == null) {
        unreadable.add(Finding.of(Problem.UNREADABLE_VALUE, here, name, member));
        return new Setting<>(otherwise, false, here);
      }
      return new Setting<>(value, isDefault(member, kind, value), here);
    }

    private <T> boolean isDefault(String member, Class<T> kind, T value) {
      Entry own = templateEntries.get(member);
      AnnotationValue otherwise = own == null ? null : own.member.getDefaultValue();
      return otherwise != null && value.equals(read(otherwise, kind));
    }
  }

  private Map<String, Entry> entries(@Nullable AnnotationMirror mirror) {
    Map<String, Entry> entries = new HashMap<>();
    if (mirror != null) {
      Set<? extends ExecutableElement> written = mirror.getElementValues().keySet();
      elements
          .getElementValuesWithDefaults(mirror)
          .forEach(
              (member, value) ->
                  entries.put(
                      member.getSimpleName().toString(),
                      new Entry(member, value, written.contains(member))));
    }
    return entries;
  }

  /**
   * One member of an annotation.
   *
   * @param written whether it stands in the source; else it is a default
   */
  private record Entry(ExecutableElement member, AnnotationValue value, boolean written) {}

  /** The value as the given type; null where it is something else, such as a missing constant. */
  private static <T> @Nullable T read(AnnotationValue value, Class<T> kind) {
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

              @Override
              public @Nullable Object visitType(TypeMirror t, @Nullable Void unused) {
                return null;
              }
            },
            null);
    return kind.isInstance(raw) ? kind.cast(raw) : null;
  }
}
