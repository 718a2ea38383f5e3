package dev.vitrine.cli;

import dev.vitrine.image.Raster;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a network is shown: a picture from a file, or an example of a data set.
 *
 * @param name what a caption calls it
 * @param heading what is known of it, in one line
 * @param view as the network is given it, of the input's size
 * @param numbers the network's input
 * @param label its true class, if that is known
 * @param remark what was done to it alone, and why, if something was
 * @param fields what it is, with the stable names of {@code --json}
 */
record Subject(
    String name,
    String heading,
    Raster view,
    float[] numbers,
    Optional<Label> label,
    Optional<String> remark,
    Map<String, Object> fields) {
  /** A class by its number and its name in the data set. */
  record Label(int number, String name) {}

  /** What a picture of it says below the title. */
  String caption() {
    return name + truth();
  }

  /** Its true class, to follow its name; empty if that is not known. */
  String truth() {
    return label.map(known -> ", true class " + known.name()).orElse("");
  }
}
