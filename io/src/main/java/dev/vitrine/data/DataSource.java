package dev.vitrine.data;

import dev.vitrine.error.UserException;

/** Somewhere that training and test data come from: a folder of files, a generator. */
public interface DataSource {
  /** What the command line and messages call it. */
  String name();

  /**
   * How much there is, without reading it.
   *
   * @throws UserException if that cannot be known
   */
  DataOutline outline();

  /**
   * Reads or makes all of it.
   *
   * @throws UserException if it cannot be had
   */
  DataSplits load();

  /**
   * The test data alone, without reading the rest.
   *
   * @throws UserException if they cannot be had
   */
  Dataset loadTest();
}
