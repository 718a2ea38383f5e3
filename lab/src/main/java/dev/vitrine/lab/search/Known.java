package dev.vitrine.lab.search;

import java.util.OptionalDouble;

/** What is known of a study's trials so far. */
public interface Known {
  /** Stands for the end of a training, whenever that is. */
  int END = Integer.MAX_VALUE;

  /**
   * {@return the study's metric when a trial had been trained so long; empty if it has not}
   *
   * @param trial of the study
   * @param epochs after how many, or {@link #END}
   */
  OptionalDouble metric(Trial trial, int epochs);

  /**
   * {@return whether a trial ended without a result, so that it is not to be trained further}
   *
   * @param trial of the study
   */
  boolean failed(Trial trial);
}
