package dev.vitrine.trace;

import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A trace as a reader sees it, whatever it is written in.
 *
 * @param notation of its formulas
 * @param sections in order
 */
public record Document(Notation notation, List<Section> sections) {
  /**
   * A part.
   *
   * @param title what it is about
   * @param rows equations
   * @param drawing lines that keep their places, such as a matrix
   * @param sentences what is said below them
   */
  public record Section(
      String title, List<Row> rows, List<String> drawing, List<String> sentences) {
    /** A part without a drawing. */
    Section(String title, List<Row> rows, List<String> sentences) {
      this(title, rows, List.of(), sentences);
    }
  }

  /**
   * An equation.
   *
   * @param left its left side
   * @param rights what that equals, one after another
   * @param note what stands beside it; may be empty
   */
  public record Row(String left, List<String> rights, String note) {}

  /** {@return the document as plain text, its lines as long as they are} */
  public String text() {
    return text(Integer.MAX_VALUE);
  }

  /**
   * {@return the document as plain text for a screen: sentences are broken between words, and
   * equations before their signs of equality; drawings keep their lines}
   *
   * @param width how many characters fit next to each other
   */
  public String text(int width) {
    return sections.stream().map(section -> text(section, width)).collect(Collectors.joining("\n"));
  }

  private static String text(Section section, int room) {
    StringBuilder text = new StringBuilder(section.title()).append('\n');
    int left = width(section.rows().stream().map(Row::left).toList());
    List<String> equations = section.rows().stream().map(row -> equation(row, left)).toList();
    int whole = width(equations);
    for (int i = 0; i < equations.size(); i++) {
      String note = section.rows().get(i).note();
      String line =
          "  " + (note.isEmpty() ? equations.get(i) : pad(equations.get(i), whole) + "   " + note);
      boolean fits = width(line) <= room;
      text.append(fits ? line : broken(section.rows().get(i), left, room)).append('\n');
    }
    for (String line : section.drawing()) {
      text.append(("  " + line).stripTrailing()).append('\n');
    }
    section.sentences().forEach(sentence -> text.append(wrapped(sentence, room)).append('\n'));
    return text.toString();
  }

  /** An equation with as many sides on a line as fit, and its note below where it does not. */
  private static String broken(Row row, int left, int room) {
    List<String> pieces = new ArrayList<>(row.rights().stream().map(r -> "= " + r).toList());
    if (!row.note().isEmpty()) {
      pieces.add("  " + row.note());
    }
    String margin = " ".repeat(left + 3);
    StringBuilder text = new StringBuilder("  " + pad(row.left(), left));
    int used = width(text.toString());
    for (String piece : pieces) {
      boolean fits = used + 1 + width(piece) <= room || used < margin.length();
      text.append(fits ? " " : "\n" + margin).append(piece);
      used = (fits ? used + 1 : margin.length()) + width(piece);
    }
    return text.toString();
  }

  private static String wrapped(String sentence, int room) {
    StringBuilder text = new StringBuilder(" ");
    int used = 1;
    for (String word : sentence.split(" ", -1)) {
      boolean fits = used + 1 + width(word) <= room || used == 1;
      text.append(fits ? " " : "\n    ").append(word);
      used = (fits ? used + 1 : 4) + width(word);
    }
    return text.toString();
  }

  private static String equation(Row row, int left) {
    return pad(row.left(), left)
        + row.rights().stream().map(r -> " = " + r).collect(Collectors.joining());
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(Document::width).max().orElse(0);
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** {@return the document as Markdown whose mathematics is LaTeX} */
  public String markdown() {
    List<String> parts = new ArrayList<>();
    for (Section section : sections) {
      StringBuilder part = new StringBuilder("## ").append(section.title()).append("\n\n");
      if (!section.rows().isEmpty()) {
        part.append("$$\n\\begin{aligned}\n");
        part.append(
            section.rows().stream().map(Document::aligned).collect(Collectors.joining(" \\\\\n")));
        part.append("\n\\end{aligned}\n$$\n\n");
      }
      if (!section.drawing().isEmpty()) {
        part.append("```\n").append(String.join("\n", section.drawing())).append("\n```\n\n");
      }
      section.sentences().forEach(sentence -> part.append(sentence).append("\n\n"));
      parts.add(part.toString());
    }
    return String.join("", parts).stripTrailing() + "\n";
  }

  private static String aligned(Row row) {
    String rights = row.rights().stream().collect(Collectors.joining(" = "));
    String note = row.note().isEmpty() ? "" : " && \\text{%s}".formatted(row.note());
    return "%s &= %s%s".formatted(row.left(), rights, note);
  }
}
