package dev.vitrine.vision;

import dev.vitrine.image.Polarity;
import dev.vitrine.image.Raster;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Rejected;
import dev.vitrine.vision.photo.Threshold;
import java.util.List;
import java.util.Objects;

/**
 * What a photograph says.
 *
 * @param seen the picture that was looked at: reduced or enlarged, turned; boxes are its pixels
 * @param view how it came from the photograph
 * @param polarity what was taken for its figure and ground
 * @param threshold by which ink was told from paper
 * @param onSheet whether what is around a sheet of paper was left out
 * @param lines from top to bottom
 * @param rejected ink that is no digit, and why
 */
public record Reading(
    Raster seen,
    View view,
    Polarity polarity,
    Threshold threshold,
    boolean onSheet,
    List<ReadLine> lines,
    List<Rejected> rejected) {
  /** Their own lists. */
  public Reading {
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(view, "view");
    Objects.requireNonNull(polarity, "polarity");
    Objects.requireNonNull(threshold, "threshold");
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

  /**
   * {@return where a part of the picture that was looked at is in the photograph}
   *
   * @param box in pixels of {@link #seen}
   */
  public Box inPhoto(Box box) {
    return view.inPhoto(box);
  }
}
