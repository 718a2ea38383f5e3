package dev.vitrine.lab.sweep;

import dev.vitrine.report.EpochRow;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/** The criterion for "fast": from which epoch on a curve stays near its end. */
final class Fast {
  private Fast() {}

  /**
   * The first epoch from which on no value is further from the last than the band; empty if there
   * are no values.
   */
  static OptionalInt settled(List<EpochRow> epochs, ToDoubleFunction<EpochRow> curve, double band) {
    if (epochs.isEmpty()) {
      return OptionalInt.empty();
    }
    double end = curve.applyAsDouble(epochs.getLast());
    int from = epochs.size() - 1;
    while (from > 0 && Math.abs(curve.applyAsDouble(epochs.get(from - 1)) - end) <= band) {
      from--;
    }
    return OptionalInt.of(epochs.get(from).epoch());
  }
}
