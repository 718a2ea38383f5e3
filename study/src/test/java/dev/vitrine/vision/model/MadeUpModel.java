package dev.vitrine.vision.model;

/** A model of a test's own making, which holds nothing. */
public interface MadeUpModel extends DigitModel {
  @Override
  default String title() {
    return "made up";
  }

  @Override
  default void close() {
    // Holds nothing.
  }
}
