package dev.vitrine.lab.planted;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.digits.Digits;

/** Breaks a rule: it stands where studies are, and loads test examples. */
public final class LoadsTest {
  private LoadsTest() {}

  static Dataset leak(Digits digits) {
    return digits.loadTest();
  }
}
