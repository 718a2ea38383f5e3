package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Report;

/** A study that is computed, not swept. */
public interface Computed {
  /** {@return its name, which its file has too} */
  String name();

  /**
   * Computes it.
   *
   * @param desk what its file sets, and what it runs on
   * @return what came out; its origin is added by the caller
   */
  Report run(Desk desk);
}
