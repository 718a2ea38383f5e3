package dev.vitrine.lab.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a study does with test data, once nothing is left to choose. */
public enum TestUse {
  /** The chosen point of every arm is judged once for each seed. */
  ONCE,
  /** The same after every epoch of which a checkpoint was kept. */
  CURVES,
  /** Nothing. */
  NEVER;

  /** {@return what files call it} */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What files call them. */
  static List<String> keys() {
    return Arrays.stream(values()).map(TestUse::key).toList();
  }
}
