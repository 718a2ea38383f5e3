package dev.vitrine.run;

import dev.vitrine.data.DataRequest;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Reading;
import dev.vitrine.error.Quote;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageSize;
import dev.vitrine.tensor.Shape;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The data of a run.
 *
 * @param name of the dataset, or its folder
 * @param folder where it was looked for first, if the user said so
 * @param reading how it is read where it leaves that open; empty if nothing is said
 * @param use what of it is used
 * @param found what was found of it when the run began
 */
public record RunData(
    String name, Optional<String> folder, Optional<Reading> reading, Use use, DataFacts found) {
  /**
   * Checks that there may be such places.
   *
   * @throws UserException if the name or the folder is blank, or cannot be a path here
   */
  public RunData {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(reading, "reading");
    Objects.requireNonNull(use, "use");
    Objects.requireNonNull(found, "found");
    reading = reading.filter(said -> !said.equals(Reading.USUAL));
    requirePlace("The name of the data", "a data set's name or a folder", name);
    folder.ifPresent(place -> requirePlace("The folder of the data", "a path", place));
  }

  /**
   * Data that say themselves how they are read.
   *
   * @param name of the dataset, or its folder
   * @param folder where it was looked for first, if the user said so
   * @param use what of it is used
   * @param found what was found of it when the run began
   */
  public RunData(String name, Optional<String> folder, Use use, DataFacts found) {
    this(name, folder, Optional.empty(), use, found);
  }

  /** {@return the data, as they are asked for} */
  public DataRequest request() {
    return new DataRequest(
        name,
        reading.orElse(Reading.USUAL),
        use.resize(),
        found.classNames().orElse(List.of()),
        found.columns().orElse(List.of()));
  }

  private static void requirePlace(String setting, String expected, String got) {
    if (got.isBlank() || !isPath(got)) {
      throw UserException.expecting(setting, expected, Quote.of(got));
    }
  }

  private static boolean isPath(String text) {
    try {
      return !Path.of(text).toString().isEmpty();
    } catch (InvalidPathException _) {
      return false;
    }
  }

  /**
   * What a run uses of its data.
   *
   * @param trainImages how many of the training images, from the first on; 0 for all
   * @param testImages how many of the test images; 0 for all
   * @param validation the share of the training data that is held out; 0 for none
   * @param resize the size that all images are brought to, if they are
   * @param inputs what else decides how examples become inputs than the recipe's normalisation
   */
  public record Use(
      int trainImages,
      int testImages,
      double validation,
      Optional<ImageSize> resize,
      Optional<InputRule> inputs) {
    /** Checks the ranges. */
    public Use {
      Objects.requireNonNull(resize, "resize");
      Objects.requireNonNull(inputs, "inputs");
      requireCount("training", trainImages);
      requireCount("test", testImages);
      Range.BELOW_ONE.require("The validation share", "a share in [0, 1)", validation);
    }

    /**
     * Of inputs that the recipe decides.
     *
     * @param trainImages how many of the training images, from the first on; 0 for all
     * @param testImages how many of the test images; 0 for all
     * @param validation the share of the training data that is held out; 0 for none
     * @param resize the size that all images are brought to, if they are
     */
    public Use(int trainImages, int testImages, double validation, Optional<ImageSize> resize) {
      this(trainImages, testImages, validation, resize, Optional.empty());
    }

    /** The same once what is usual for the data is known. */
    Use decided() {
      return new Use(
          trainImages,
          testImages,
          validation,
          resize,
          inputs.filter(rule -> rule != InputRule.USUAL));
    }

    private static void requireCount(String part, int images) {
      if (images < 0) {
        throw UserException.expecting(
            "The number of %s images".formatted(part),
            "1 or more, or 0 for all",
            Integer.toString(images));
      }
    }

    /**
     * {@return the images as the network is given them}
     *
     * @param images of any size
     */
    public Dataset resized(Dataset images) {
      return resize.map(images::resized).orElse(images);
    }

    /** Their shape. */
    Shape resized(Shape images) {
      return resize.map(s -> Shape.of(images.size(0), s.height(), s.width())).orElse(images);
    }
  }

  /**
   * {@return the same in another place: a folder, or a name that is looked for there}
   *
   * @param newName the dataset's name or folder
   * @param newFolder where it is looked for first, if the user says so
   */
  public RunData movedTo(String newName, Optional<String> newFolder) {
    return new RunData(newName, newFolder, reading, use, found);
  }

  /** The same without where it is: of a folder its own name, without the way there. */
  RunData portable() {
    Path last = Path.of(name).getFileName();
    return new RunData(
        last == null ? name : last.toString(), Optional.empty(), reading, use, found);
  }

  /** The same with what is usual for it decided. */
  RunData decided() {
    return new RunData(name, folder, reading, use.decided(), found);
  }

  /** The same of which this was found. */
  RunData found(DataFacts facts) {
    return new RunData(name, folder, reading, use, facts);
  }
}
