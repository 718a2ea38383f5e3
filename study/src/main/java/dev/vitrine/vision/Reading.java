package dev.vitrine.vision;

import dev.vitrine.image.Polarity;
import dev.vitrine.image.Raster;
import dev.vitrine.vision.find.Rejected;
import java.util.List;
import java.util.Objects;

/**
 * What a photograph says.
 *
 * @param seen the picture that was looked at: reduced or enlarged, turned; boxes are its pixels
 * @param scale how many of its pixels one of the photograph's is
 * @param quarters of a turn, clockwise, by which it was turned beyond what the file says
 * @param polarity what was taken for its figure and ground
 * @param lines from top to bottom
 * @param rejected ink that is no digit, and why
 */
public record Reading(
    Raster seen,
    double scale,
    int quarters,
    Polarity polarity,
    List<ReadLine> lines,
    List<Rejected> rejected) {
  /** Their own lists. */
  public Reading {
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(polarity, "polarity");
    lines = List.copyOf(lines);
    rejected = List.copyOf(rejected);
  }

  /** {@return the digits, a line of text for each line} */
  public String text() {
    return String.join("\n", lines.stream().map(ReadLine::text).toList());
  }

  /** {@return how many digits there are} */
  public int count() {
    return lines.stream().mapToInt(line -> line.digits().size()).sum();
  }
}
