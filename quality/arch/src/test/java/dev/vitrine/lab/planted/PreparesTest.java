package dev.vitrine.lab.planted;

import dev.vitrine.data.Dataset;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;

/** Breaks a rule: it stands where studies are, and takes what a run uses of test examples. */
public final class PreparesTest {
  private PreparesTest() {}

  static Dataset leak(RunConfig config, Dataset test) {
    return RunImages.prepareTest(config, test);
  }
}
