package dev.vitrine.run;

import dev.vitrine.data.DataOutline;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Split;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.train.DatasetBatches;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which images of its data a run uses, and whether there are enough of them. */
public final class RunImages {
  private RunImages() {}

  /**
   * {@return what a run uses of the data that its configuration names: as many images as it asks
   * for, of the size that it wants, with its validation part held out}
   *
   * @param config how many images, of which size, and how many are held out
   * @param data all that was read
   * @throws UserException if there are not so many, or those to learn from are all of one class
   */
  public static DataSplits prepare(RunConfig config, DataSplits data) {
    TuningData tuning = prepare(config, TuningData.of(data));
    return new DataSplits(tuning.train(), tuning.validation(), prepareTest(config, data.test()));
  }

  /**
   * {@return the same without test images}
   *
   * @param config how many images, of which size, and how many are held out
   * @param data all that was read
   * @throws UserException as {@link #prepare(RunConfig, DataSplits)}
   */
  public static TuningData prepare(RunConfig config, TuningData data) {
    RunData.Use use = config.data().use();
    Dataset used = use.resized(first(use.trainImages(), "training", data.train()));
    if (use.validation() == 0) {
      requireClasses(used);
      return new TuningData(used, Optional.empty(), data.origin());
    }
    Split split = Split.of(used, use.validation(), config.recipe().seed());
    requireClasses(split.train());
    return new TuningData(split.train(), Optional.of(split.validation()), data.origin());
  }

  /**
   * {@return the test images that a run uses}
   *
   * @param config how many, and of which size
   * @param test all that there are
   * @throws UserException if there are not so many
   */
  public static Dataset prepareTest(RunConfig config, Dataset test) {
    RunData.Use use = config.data().use();
    return use.resized(first(use.testImages(), "test", test));
  }

  /**
   * Refuses, before anything is read or planned, a run that asks for more images than there are, or
   * whose validation part or batches do not go with them.
   *
   * @param config how many images it asks for
   * @param source the data, of which only the outline is looked at
   * @throws UserException as {@link #prepare} and {@link Run#start} would
   */
  public static void requireFits(RunConfig config, DataSource source) {
    DataOutline there = source.outline();
    if (there.train() == 0) {
      return; // What is missing is said when it is read.
    }
    RunData.Use use = config.data().use();
    requireCount(use.trainImages(), "training", there.train(), source.name());
    requireCount(use.testImages(), "test", there.test(), source.name());
    long train = use.trainImages() == 0 ? there.train() : use.trainImages();
    if (use.validation() != 0) {
      requireShare(source.name(), train, use.validation());
    }
    DatasetBatches.require(
        source.name(), train - Split.held(train, use.validation()), config.recipe().batchSize());
  }

  /** Of few images a usual share is none; a run may go without. */
  private static void requireShare(String data, long train, double share) {
    try {
      Split.require(data, train, share);
    } catch (UserException e) {
      throw e.hinting("; with 0 none are held out");
    }
  }

  private static void requireClasses(Dataset train) {
    List<Integer> present = train.classes().present();
    if (present.size() < 2) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "The training images of data set %s (%,d) are all of class %s: a classifier learns from two classes or more",
              train.name(),
              train.size(),
              Quote.of(train.classNames().get(present.getFirst()))));
    }
  }

  /**
   * {@return the first images of a data set}
   *
   * @param count how many; 0 for all
   * @param part what they are for, to say so
   * @param data what they are the first of
   * @throws UserException if there are not so many
   */
  public static Dataset first(int count, String part, Dataset data) {
    requireCount(count, part, data.size(), data.name());
    return count == 0 ? data : data.slice(0, count);
  }

  private static void requireCount(int count, String part, long there, String name) {
    if (count < 0 || count > there) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "Data set %s has %,d %s images, but %,d were asked for",
              name,
              there,
              part,
              count));
    }
  }
}
