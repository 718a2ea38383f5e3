package dev.vitrine.data;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user says of data that leave it open.
 *
 * @param targets the columns of a table that are to be told from the others, by name, or by number
 *     from 1 if they have none; empty for the one that it must be
 * @param numbers whether targets that are whole numbers are numbers, not classes; empty if either
 *     will do
 * @param shape of an example, {@code (C, H, W)}, where a row or an array does not say it
 * @param testShare the share of data without a test part that is kept apart for the test, in (0,
 *     1], of which 1 leaves nothing to learn from; empty for as usual
 */
public record Reading(
    List<String> targets,
    Optional<Boolean> numbers,
    Optional<Shape> shape,
    Optional<Double> testShare) {
  /** The share that is kept apart for the test where nothing else is said. */
  public static final double USUAL_TEST_SHARE = 0.15;

  /** Nothing is said. */
  public static final Reading USUAL =
      new Reading(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks the ranges.
   *
   * @throws UserException if the share is none, the shape is no image's or a column has no name
   */
  public Reading {
    Objects.requireNonNull(targets, "targets");
    Objects.requireNonNull(numbers, "numbers");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(testShare, "testShare");
    targets = List.copyOf(targets);
    if (targets.stream().anyMatch(String::isBlank)) {
      throw UserException.expecting("The target column", "a name", Quote.of(""));
    }
    testShare.ifPresent(share -> {
      if (!(share > 0 && share <= 1)) {
        throw UserException.expecting(
            "The test share", "a share above 0, at most 1", Decimal.text(share));
      }
    });
    shape.ifPresent(size -> {
      if (size.rank() != 3) {
        throw UserException.expecting(
            "The examples' shape", "channels, height and width", size.toString());
      }
    });
  }

  /** The same with whether whole numbers are numbers. */
  Reading withNumbers(boolean are) {
    return new Reading(targets, Optional.of(are), shape, testShare);
  }

  /**
   * Refuses target columns and shapes of data that have neither.
   *
   * @param name of the data
   * @throws UserException if there are any
   */
  void refuseColumns(String name) {
    refuseTargets(name);
    refuseShape(name);
  }

  /** Refuses target columns of data that have none. */
  void refuseTargets(String name) {
    if (!targets.isEmpty()) {
      throw new UserException(
          "A target column is named of tables (CSV), but %s is none: leave it out".formatted(name));
    }
  }

  /** Refuses a shape of data that say it themselves. */
  void refuseShape(String name) {
    if (shape.isPresent()) {
      throw new UserException(
          "%s says itself what shape its examples have: leave the shape out".formatted(name));
    }
  }

  /** Refuses a test share of data that have a test part. */
  void refuseTestShare(String name) {
    if (testShare.isPresent()) {
      throw new UserException(
          "%s has a test part of its own: leave the test share out".formatted(name));
    }
  }

  /**
   * Refuses all that data with parts of their own have no use for.
   *
   * @param name of the data
   * @throws UserException if any of it is said
   */
  public void refuse(String name) {
    Objects.requireNonNull(name, "name");
    refuseColumns(name);
    refuseTestShare(name);
  }
}
