package dev.vitrine.lab.studies;

import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.KnownData;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the course's recipe is tried on. */
final class CourseData {
  private static final String NONE = "none";

  private CourseData() {}

  /** Whether trainings from the course's weights are wanted. */
  static boolean hasWeights(Desk desk) {
    return !desk.words("pretrained").getFirst().equals(NONE);
  }

  /**
   * MNIST, or in the thin version digits that Vitrine draws.
   *
   * @throws UserException if MNIST, or the course's weights, are in no data folder
   */
  static DataSplits load(Desk desk) {
    if (hasWeights(desk)) {
      requireWeights(desk);
    }
    int all = desk.positive("all-images");
    int test = desk.positive("test-images");
    int few = desk.positive("few");
    if (few > test) {
      throw UserException.expecting(
          "values: few", "at most the %s test images".formatted(test), Integer.toString(few));
    }
    DataSource source =
        desk.quick()
            ? new Digits(desk.seed(), all, test)
            : desk.folders()
                .locate(KnownData.MNIST)
                .orElseThrow(() ->
                    UserException.advising(
                        "The study expects MNIST, which is in no data folder",
                        "say by %s where it is",
                        "the data folder"));
    return source.load();
  }

  private static void requireWeights(Desk desk) {
    Path file = Path.of(desk.words("pretrained").getFirst());
    if (!Files.exists(file) && desk.folders().locate(file).isEmpty()) {
      throw UserException.advising(
          "The study expects the course's weights %s, which are in no data folder"
              .formatted(Quote.place(file.toString())),
          "say by %s where they are, or write pretrained: none to leave them out",
          "the data folder");
    }
  }
}
