package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** One step at rate 1 of plain gradient descent, with gradients drawn at random. */
class RestraintsTest {
  private static final Optional<Double> NO = Optional.empty();

  /** Of several stretches: 300 inputs, 200 and 3 outputs. */
  private static Model model() {
    return Model.of(
        Sequential.of(Flatten.of(), Linear.of(200), Linear.of(3)),
        Shape.of(3, 10, 10),
        Initializer.normal(1),
        Seed.of(3));
  }

  private static Parameters gradients(Model model) {
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    RandomStream random = Seed.of(9).stream("gradients");
    for (int i = 0; i < gradients.values().length; i++) {
      gradients.values()[i] = (float) random.normal(i);
    }
    return gradients;
  }

  private static Model stepped(Restraints restraints, int threads) {
    Model model = model();
    Recipe recipe = Recipe.of(Sgd.of(1)).decayBiases(false).restraints(restraints);
    try (Workers workers = new Workers(threads)) {
      new ParameterUpdate(model, recipe, workers).apply(gradients(model), 1, 0);
    }
    return model;
  }

  private static double[] moves(Restraints restraints) {
    float[] before = model().parameters().values();
    float[] after = stepped(restraints, 1).parameters().values();
    double[] moves = new double[before.length];
    for (int i = 0; i < moves.length; i++) {
      moves[i] = (double) before[i] - after[i];
    }
    return moves;
  }

  /** One assertion for all: sixty thousand take AssertJ seconds. */
  private static void assertAll(double[] actual, IntToDoubleFunction expected, double tolerance) {
    int worst = 0;
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs(actual[i] - expected.applyAsDouble(i));
      if (Double.compare(difference, largest) > 0) {
        largest = difference;
        worst = i;
      }
    }
    assertThat(actual[worst])
        .as("element %s", worst)
        .isCloseTo(expected.applyAsDouble(worst), within(tolerance));
  }

  private static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
  }

  private static Restraints clipNorm(double most) {
    return new Restraints(NO, Optional.of(most), NO, NO);
  }

  @Test
  void noElementIsLargerThanTheClipValue() {
    double[] free = moves(Restraints.NONE);
    double[] clipped = moves(new Restraints(Optional.of(0.5), NO, NO, NO));
    assertAll(clipped, i -> Math.clamp(free[i], -0.5, 0.5), 1e-6);
  }

  @Test
  void allGradientsTogetherAreNoLongerThanTheClipNorm() {
    double[] free = moves(Restraints.NONE);
    double[] clipped = moves(clipNorm(7));
    assertThat(norm(clipped)).isCloseTo(7, within(1e-4));
    double norm = norm(free);
    assertAll(clipped, i -> free[i] * 7 / norm, 1e-6);
    assertThat(moves(clipNorm(1e6))).isEqualTo(free);
  }

  /** The elements first: their norm is that of the clipped. */
  @Test
  void bothClippings() {
    double[] values = moves(new Restraints(Optional.of(0.5), NO, NO, NO));
    double[] both = moves(new Restraints(Optional.of(0.5), Optional.of(7.0), NO, NO));
    double norm = norm(values);
    assertAll(both, i -> values[i] * 7 / norm, 1e-6);
  }

  @Test
  void theL1PenaltyPullsWeightsAndNoBiasesByTheirSigns() {
    Model before = model();
    double[] free = moves(Restraints.NONE);
    double[] pulled = moves(new Restraints(NO, NO, Optional.of(0.25), NO));
    int bias = before.parameters().layout().entry("linear1.bias").offset();
    float[] start = before.parameters().values();
    assertAll(Arrays.copyOf(pulled, bias), i -> free[i] + 0.25 * Math.signum(start[i]), 1e-5);
    assertThat(pulled[bias]).isEqualTo(free[bias]);
  }

  @Test
  void longRowsAreShortenedAndShortOnesStay() {
    Model free = stepped(Restraints.NONE, 1);
    Model held = stepped(new Restraints(NO, NO, NO, Optional.of(24.0)), 1);
    int shortened = 0;
    for (int row = 0; row < 200; row++) {
      double[] w = row(free, row);
      double[] h = row(held, row);
      double factor = Math.min(1, 24 / norm(w));
      shortened += factor < 1 ? 1 : 0;
      assertAll(h, i -> w[i] * factor, 1e-6);
    }
    assertThat(shortened).isBetween(20, 180);
    assertThat(held.parameters().get("linear1.bias"))
        .isEqualTo(free.parameters().get("linear1.bias"));
  }

  private static double[] row(Model model, int row) {
    float[] weight = model.parameters().get("linear1.weight");
    double[] x = new double[300];
    for (int i = 0; i < x.length; i++) {
      x[i] = weight[row * x.length + i];
    }
    return x;
  }

  @Test
  void threadsChangeNoBit() {
    Restraints all =
        new Restraints(Optional.of(0.5), Optional.of(7.0), Optional.of(0.1), Optional.of(15.0));
    assertThat(stepped(all, 3).parameters().hash()).isEqualTo(stepped(all, 1).parameters().hash());
  }

  @Test
  void badNumbersAreRefused() {
    assertThatThrownBy(() -> clipNorm(0))
        .isInstanceOf(UserException.class)
        .hasMessage("The gradients' largest norm expects a number above 0, but got 0");
    assertThatThrownBy(() -> new Restraints(NO, NO, NO, Optional.of(Double.NaN)))
        .isInstanceOf(UserException.class)
        .hasMessage("The rows' largest norm expects a number above 0, but got NaN");
  }
}
