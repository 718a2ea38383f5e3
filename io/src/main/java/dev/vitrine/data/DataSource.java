package dev.vitrine.data;

import dev.vitrine.error.UserException;
import java.util.Optional;

/** Somewhere that training and test data come from: a folder of files, a generator. */
public interface DataSource {
  /** {@return what the command line and messages call it} */
  String name();

  /**
   * {@return how much there is, without reading it}
   *
   * @throws UserException if that cannot be known
   */
  DataOutline outline();

  /**
   * Reads or makes all of it.
   *
   * @return the data, with or without a part for validation
   * @throws UserException if it cannot be had
   */
  DataSplits load();

  /**
   * {@return the test data alone, without reading the rest}
   *
   * @throws UserException if they cannot be had
   */
  Dataset loadTest();

  /**
   * {@return what one should know of how it is divided into parts: a sentence without its full
   * stop; empty if there is nothing to say}
   */
  default Optional<String> remark() {
    return Optional.empty();
  }
}
