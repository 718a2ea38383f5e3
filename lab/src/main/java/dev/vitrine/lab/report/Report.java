package dev.vitrine.lab.report;

import java.util.List;
import java.util.Map;

/**
 * What a study found.
 *
 * @param name of the study
 * @param title in a few words
 * @param question that it was to answer, in a sentence or two
 * @param conclusions sentences that were computed from the numbers
 * @param sections in their order
 * @param origin what gives it all again: facts by name, the command first
 */
public record Report(
    String name,
    String title,
    String question,
    List<String> conclusions,
    List<Section> sections,
    Map<String, String> origin) {
  /** Copies the lists. */
  public Report {
    conclusions = List.copyOf(conclusions);
    sections = List.copyOf(sections);
  }

  /**
   * A part of it under a heading.
   *
   * @param title of the part
   * @param blocks in their order
   */
  public record Section(String title, List<Block> blocks) {
    /** Copies the list. */
    public Section {
      blocks = List.copyOf(blocks);
    }

    /**
     * {@return a part of these blocks}
     *
     * @param title of the part
     * @param blocks in their order
     */
    public static Section of(String title, Block... blocks) {
      return new Section(title, List.of(blocks));
    }
  }
}
