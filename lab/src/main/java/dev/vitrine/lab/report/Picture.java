package dev.vitrine.lab.report;

import dev.vitrine.report.Html.Element;
import java.util.List;

/**
 * Something drawn that is no chart, such as a confusion matrix or a sheet of images.
 *
 * @param id what its file is called, in small letters with hyphens
 * @param caption what it shows
 * @param drawing an element of the page
 * @param width how much of the page's width it takes at most, in pixels
 * @param numbers what it shows as lines of cells, the first with titles; empty if it shows none
 */
public record Picture(
    String id, String caption, Element drawing, int width, List<List<String>> numbers)
    implements Block {
  /** Copies the lines. */
  public Picture {
    numbers = numbers.stream().map(List::copyOf).toList();
  }

  /**
   * Something drawn without numbers.
   *
   * @param id what its file is called, in small letters with hyphens
   * @param caption what it shows
   * @param drawing an element of the page
   * @param width how much of the page's width it takes at most, in pixels
   */
  public Picture(String id, String caption, Element drawing, int width) {
    this(id, caption, drawing, width, List.of());
  }
}
