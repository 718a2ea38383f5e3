package dev.vitrine.trace.layer;

import dev.vitrine.op.Formula;
import dev.vitrine.op.Op;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Document;
import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Parts of documents about layers. */
public final class Sections {
  private Sections() {}

  /**
   * {@return a part of a document}
   *
   * @param title what it is about
   * @param drawing lines that keep their places
   * @param sentences below them
   */
  public static Section of(String title, List<String> drawing, String... sentences) {
    return new Section(title, List.of(), drawing, List.of(sentences));
  }

  /**
   * {@return a document; all of it is in Unicode, and ASCII is made of that}
   *
   * @param sections in order
   * @param notation ASCII for terminals without other characters
   */
  public static Document document(List<Section> sections, Notation notation) {
    return new Document(
        notation,
        sections.stream()
            .map(s ->
                new Section(
                    plain(s.title(), notation),
                    s.rows(),
                    s.drawing().stream().map(line -> plain(line, notation)).toList(),
                    s.sentences().stream().map(line -> plain(line, notation)).toList()))
            .toList());
  }

  /** In ASCII ∂y is Dy, for dy is the gradient of y. */
  private static String plain(String text, Notation notation) {
    return notation == Notation.ASCII ? notation.sentence(text.replace("∂", "D")) : text;
  }

  /** What an op says of itself and of what it hands back. */
  static List<String> formula(Op op) {
    Formula formula = op.formula();
    List<String> lines = new ArrayList<>();
    lines.add("%s: y = %s".formatted(name(op), formula.value()));
    lines.addAll(LayerDocument.texts(formula));
    return lines;
  }

  /**
   * {@return what an op is called}
   *
   * @param op any
   */
  public static String name(Op op) {
    return op instanceof Enum<?> one
        ? one.name().charAt(0) + one.name().substring(1).toLowerCase(Locale.ROOT)
        : op.getClass().getSimpleName();
  }

  /** An index without the first of one channel: the head of a column. */
  static String brief(int flat, Shape shape) {
    boolean alone = shape.rank() == 3 && shape.size(0) == 1;
    return alone ? Places.index(flat, shape).substring(2) : Places.index(flat, shape);
  }

  static double[][] transposed(double[][] rows) {
    double[][] turned = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < turned.length; j++) {
        turned[j][i] = rows[i][j];
      }
    }
    return turned;
  }

  static String checked(Quotients.Found found) {
    String off = rough(found.off());
    String kinks =
        found.kinks() == 0
            ? ""
            : " %s of them stand%s at a kink, where the slopes on both sides differ and the engine takes one between them."
                .formatted(found.kinks(), found.kinks() == 1 ? "s" : "");
    return found.wrong() == 0
        ? "By differences: the same, within %s ✓.%s".formatted(off, kinks)
        : "By differences: %s entries are not equal, by up to %s ✗.".formatted(found.wrong(), off);
  }

  /**
   * {@return one digit: how far numbers are apart}
   *
   * @param off the difference
   */
  public static String rough(double off) {
    return Figures.rough(off, Notation.UNICODE);
  }

  static double[] reversed(double[] of) {
    double[] turned = new double[of.length];
    Arrays.setAll(turned, k -> of[of.length - 1 - k]);
    return turned;
  }
}
