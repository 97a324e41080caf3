package org.meadefender.processor;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Reads the watermarks of a class from its annotations and from templates, checking nothing. */
final class DeclarationReader {
  private final Elements elements;

  DeclarationReader(Elements elements) {
    this.elements = elements;
  }

  ClassDeclaration read(TypeElement type) {
    List<MarkSource> sources = MarkSources.of(type);
    List<MarkDeclaration> marks = new ArrayList<>();
    List<Finding> unreadable = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      MarkSource source = sources.get(i);
      String name =
          sources.size() == 1
              ? source.name()
              : source.name() + " (" + (i + 1) + " of " + sources.size() + ")";
      MarkReader values = new MarkReader(elements, type, name, source);
      MarkDeclaration mark = values.read();
      if (values.unreadable().isEmpty()) {
        marks.add(mark);
      }
      unreadable.addAll(values.unreadable());
    }
    String first = sources.isEmpty() ? "@Protected" : sources.get(0).name();
    return new ClassDeclaration(type, first, List.copyOf(marks), List.copyOf(unreadable));
  }
}
