package org.meadefender.processor;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** What javac's trees tell beyond the elements; other compilers have none. */
final class SourceTrees {
  private static final String ANNOTATIONS = "org.meadefender.annotations.";

  private final @Nullable Trees trees;

  private SourceTrees(@Nullable Trees trees) {
    this.trees = trees;
  }

  static SourceTrees of(ProcessingEnvironment environment) {
    try {
      return new SourceTrees(Trees.instance(environment));
    } catch (IllegalArgumentException | LinkageError e) {
      // Another compiler, on a runtime that may lack javac.
      return new SourceTrees(null);
    }
  }

  /** Whether there are any. */
  boolean known() {
    return trees != null;
  }

  /** Whether the class stands in the file of another one, where lint warns about its users. */
  boolean isAuxiliary(TypeElement type) {
    TypeElement outermost = type;
    while (outermost.getEnclosingElement() instanceof TypeElement scope) {
      outermost = scope;
    }
    TreePath path = trees == null ? null : trees.getPath(outermost);
    return path != null
        && !path.getCompilationUnit()
            .getSourceFile()
            .getName()
            .replaceFirst(".*[/\\\\]", "")
            .equals(outermost.getSimpleName() + ".java");
  }

  /** A finding for each class inside a method that is annotated. */
  List<Finding> localClasses(Element root) {
    List<Finding> findings = new ArrayList<>();
    TreePath path = trees == null ? null : trees.getPath(root);
    if (path != null && importsAnnotations(path.getCompilationUnit())) {
      new LocalClasses(root, findings).scan(path, null);
    }
    return findings;
  }

  private static boolean importsAnnotations(CompilationUnitTree file) {
    return file.getImports().stream()
        .anyMatch(each -> each.getQualifiedIdentifier().toString().startsWith(ANNOTATIONS));
  }

  /** Looks into the bodies of methods. */
  private final class LocalClasses extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final List<Finding> findings;
    private Element place;
    private boolean inMethod;

    LocalClasses(Element root, List<Finding> findings) {
      this.place = root;
      this.findings = findings;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      Element before = place;
      Element element = trees == null ? null : trees.getElement(getCurrentPath());
      place = element == null || inMethod ? before : element;
      boolean wasIn = inMethod;
      inMethod = true;
      super.visitMethod(method, null);
      inMethod = wasIn;
      place = before;
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree local, @Nullable Void unused) {
      if (inMethod
          && local.getModifiers().getAnnotations().stream()
              .anyMatch(each -> each.getAnnotationType().toString().endsWith("Protected"))) {
        findings.add(Finding.of(Problem.LOCAL_CLASS, place, local.getSimpleName()));
      }
      return super.visitClass(local, null);
    }
  }
}
