package dev.vitrine.lab.planted;

import dev.vitrine.data.DataSplits;

/** Breaks a rule: it stands where studies are, and holds test examples. */
public final class KeepsSplits {
  DataSplits splits;

  private KeepsSplits() {}
}
