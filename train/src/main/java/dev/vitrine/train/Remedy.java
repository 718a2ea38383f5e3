package dev.vitrine.train;

import dev.vitrine.error.Decimal;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.RmsProp;
import dev.vitrine.optim.Sgd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.Map;

/** What to change about a recipe whose training diverged: the number that is farthest off. */
final class Remedy {
  /** Beyond it the squares of what the decay adds to gradients are soon infinite. */
  private static final double MOST_DECAY = 1e18;

  /** Momentum up to 0.9 is everyday: the steps add up to ten times one. */
  private static final double USUAL_SUM = 10;

  /** Factors on the rate that are everyday; Caffe's on biases is 2. */
  private static final double USUAL_FACTOR = 10;

  private Remedy() {}

  /**
   * A sentence.
   *
   * @param step the step that showed it, from 1
   * @param untouched whether no update has been made yet
   */
  static String of(Recipe recipe, long step, boolean untouched) {
    if (untouched) {
      return "No update has been made yet: try smaller weights to start with, or smaller inputs";
    }
    Optimizer optimizer = recipe.optimizer();
    double rate = optimizer.learningRate();
    double factor = recipe.schedule().factor(step - 1);
    if (factor > USUAL_FACTOR) {
      return "Try a schedule that does not grow: it has multiplied the learning rate by "
          + rounded(factor);
    }
    double momentum = momentum(optimizer);
    if (Math.abs(momentum) >= 1) {
      return "Try a momentum between -1 and 1: by %s steps grow without end"
          .formatted(Decimal.text(momentum));
    }
    double decay = decay(optimizer);
    if (growsByDecay(optimizer, rate * factor) && decay >= rate) {
      return "Try a smaller weight decay than %s: times the learning rate it is %s, by which weights grow on their own"
          .formatted(Decimal.text(decay), rounded(decay * rate));
    }
    Map.Entry<String, Double> largest =
        recipe.rates().entrySet().stream()
            .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .orElse(Map.entry("", 0.0));
    if (largest.getValue() > Math.max(USUAL_FACTOR, recipe.biasRate())) {
      return "Try a smaller factor than %s on the learning rate of %s"
          .formatted(Decimal.text(largest.getValue()), largest.getKey());
    }
    if (recipe.biasRate() > USUAL_FACTOR) {
      return "Try a smaller factor than %s on the learning rate of biases"
          .formatted(Decimal.text(recipe.biasRate()));
    }
    if (1 / (1 - momentum) > 2 * USUAL_SUM) {
      return "Try a smaller momentum than %s, by which steps add up to %s times one, or a smaller learning rate than %s"
          .formatted(Decimal.text(momentum), Math.round(1 / (1 - momentum)), Decimal.text(rate));
    }
    return "Try a smaller learning rate than " + Decimal.text(rate);
  }

  private static String rounded(double value) {
    return Double.isInfinite(value)
        ? "infinite"
        : Decimal.text(new BigDecimal(value).round(new MathContext(4)).doubleValue());
  }

  private static double momentum(Optimizer optimizer) {
    return switch (optimizer) {
      case Sgd sgd -> sgd.momentum();
      case RmsProp rule -> rule.momentum();
      default -> 0;
    };
  }

  private static double decay(Optimizer optimizer) {
    return switch (optimizer) {
      case Sgd sgd -> sgd.weightDecay();
      case Adam adam -> adam.weightDecay();
      default -> 0;
    };
  }

  /**
   * Whether weights grow by their decay alone: {@code w ← w − η · v, v ← μ · v + λ · w} does from
   * {@code η · λ = 2 (1 + μ)} on. Adam's steps keep their size, but squares of what it adds to
   * gradients become infinite.
   */
  private static boolean growsByDecay(Optimizer optimizer, double rate) {
    return switch (optimizer) {
      case Sgd sgd -> rate * sgd.weightDecay() >= 2 * (1 + sgd.momentum());
      case Adam adam -> adam.weightDecay() > MOST_DECAY;
      default -> false;
    };
  }
}
