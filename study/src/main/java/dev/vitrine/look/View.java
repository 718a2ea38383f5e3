package dev.vitrine.look;

import dev.vitrine.image.Raster;
import dev.vitrine.report.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was seen, before it is a text, a page or a picture.
 *
 * @param title of what it is
 * @param sentences what follows, the most important first
 * @param sections what is shown
 * @param json the same for scripts, with stable names
 */
public record View(
    String title, List<String> sentences, List<Section> sections, Map<String, Object> json) {
  /** Copies the lists. */
  public View {
    sentences = List.copyOf(sentences);
    sections = List.copyOf(sections);
  }

  /**
   * A part with a heading.
   *
   * @param title its heading
   * @param blocks what it shows, in order
   */
  public record Section(String title, List<Block> blocks) {
    /** Copies the list. */
    public Section {
      blocks = List.copyOf(blocks);
    }

    /**
     * {@return a part}
     *
     * @param title its heading
     * @param blocks what it shows, in order
     */
    public static Section of(String title, Block... blocks) {
      return new Section(title, List.of(blocks));
    }
  }

  /** A piece of a view. */
  public sealed interface Block {}

  /**
   * A paragraph.
   *
   * @param sentence plain text
   */
  public record Text(String sentence) implements Block {}

  /**
   * Lines whose columns stand below one another.
   *
   * @param label what they are, for screen readers
   * @param lines as they are printed
   */
  public record Lines(String label, List<String> lines) implements Block {
    /** Copies the list. */
    public Lines {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A table; its first column names the rows.
   *
   * @param label what it shows
   * @param columns heads
   * @param rows cells, as many in each as there are heads
   */
  public record Table(String label, List<String> columns, List<List<String>> rows)
      implements Block {
    /** Copies the lists. */
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /**
   * A picture, shown as large as its pixels or larger.
   *
   * @param caption what it is
   * @param raster its pixels
   */
  public record Picture(String caption, Raster raster) {}

  /**
   * Pictures that stand together.
   *
   * @param note what is said of all of them; may be empty
   * @param pictures from left to right
   */
  public record Pictures(String note, List<Picture> pictures) implements Block {
    /** Copies the list. */
    public Pictures {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * A chart.
   *
   * @param title its name
   * @param caption what it shows
   * @param chart what is drawn
   */
  public record Chart(String title, String caption, LineChart chart) implements Block {}

  /** {@return the view as lines for a terminal: sentences, lines and tables, no pictures} */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    sections.forEach(section -> section.blocks.forEach(block -> lines.addAll(text(block))));
    lines.addAll(sentences);
    return lines;
  }

  private static List<String> text(Block block) {
    return switch (block) {
      case Text(String sentence) -> List.of(sentence, "");
      case Lines lines ->
          Stream.of(List.of(lines.label), lines.lines, List.of("")).flatMap(List::stream).toList();
      case Table table -> Stream.concat(aligned(table).stream(), Stream.of("")).toList();
      case Pictures _, Chart _ -> List.of();
    };
  }

  /** The first column to the left, the others to the right. */
  private static List<String> aligned(Table table) {
    List<List<String>> all = new ArrayList<>(List.of(table.columns));
    all.addAll(table.rows);
    List<String> lines = new ArrayList<>();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = all.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
        String space = " ".repeat(width - row.get(column).length());
        line.append(column == 0 ? row.get(0) + space : "  " + space + row.get(column));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** {@return all pictures, in order} */
  public List<Picture> pictures() {
    return sections.stream()
        .flatMap(section -> section.blocks.stream())
        .flatMap(block ->
            block instanceof Pictures shown ? shown.pictures.stream() : Stream.<Picture>of())
        .toList();
  }
}
