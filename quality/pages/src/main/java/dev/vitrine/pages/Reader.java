package dev.vitrine.pages;

import dev.vitrine.image.Raster;
import java.util.List;

/** Whoever reads pages: Vitrine, or another program. */
interface Reader extends AutoCloseable {
  /** What was read, and where, if the reader says so: an empty list of boxes if it does not. */
  record Reading(String text, List<int[]> boxes) {}

  /**
   * Reads a page.
   *
   * @return digits, lines joined by {@code /}, and boxes {left, top, right, bottom}
   */
  Reading read(Raster picture);

  @Override
  default void close() {}
}
