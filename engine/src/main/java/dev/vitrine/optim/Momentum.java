package dev.vitrine.optim;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Range;
import java.util.Optional;

/** What a momentum μ may be, and what becomes of steps that are added up with it. */
final class Momentum {
  private Momentum() {}

  /** Refuses what is no number: how far one may go is for studies to find. */
  static void require(double momentum) {
    Range.FINITE.require("The momentum", "a finite number", momentum);
  }

  /** A sentence on a momentum outside [0, 1). */
  static Optional<String> caution(double momentum) {
    String named = "A momentum of " + Decimal.text(momentum);
    if (momentum >= 0 && momentum < 1) {
      return Optional.empty();
    }
    return Optional.of(
        momentum > -1 && momentum < 0
            ? "%s takes a part of each step back: gradient descent stands rates up to %s times the largest without momentum"
                .formatted(named, Decimal.text(1 + momentum))
            : named
                + " lets steps grow without end: gradient descent converges only between -1 and 1");
  }
}
