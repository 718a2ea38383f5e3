package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.StepTime;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which convolutions go by Winograd's products, and how near these come. */
class WinogradTest {
  private static GraphCase conv(int in, int side, int out, Window window) {
    return ImageCases.conv(Shape.of(in, side, side), out, window, 1, true);
  }

  private static boolean byProducts(GraphCase c) {
    Problem problem = Problem.of(c);
    Parameters parameters = Parameters.zeros(Layout.of(problem.parameterShapes()));
    try (Workers alone = new Workers(1)) {
      Plan plan =
          Planner.of(problem.graph(), parameters)
              .outputs(problem.output())
              .plan(Engines.SCALAR.kernels(), alone);
      plan.profile();
      return plan.stepTimes().stream().map(StepTime::name).anyMatch("Convolution, weights"::equals);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "20, 12, 50, 5, 1, 0, true", // LeNet's second
    "32, 14, 64, 5, 1, 2, true", // cnn32-64's second
    "64, 56, 64, 3, 1, 1, true", // ResNet's
    "1, 28, 20, 5, 1, 0, false", // one channel: the transforms cost more than they save
    "32, 14, 64, 5, 2, 2, false", // a stride
    "32, 14, 64, 7, 1, 3, false",
    "32, 14, 64, 1, 1, 0, false"
  })
  void productsAreTakenWhereTheyPay(
      int in, int side, int out, int kernel, int stride, int padding, boolean expected) {
    Window window = Window.of(kernel).stride(stride).padding(padding);
    assertThat(byProducts(conv(in, side, out, window))).isEqualTo(expected);
  }

  /** Where 3×3 and 5×5 would be taken. */
  @Test
  void productsAreOfSquareWindowsThatMoveByOne() {
    List<Window> others =
        List.of(
            Window.of(3, 5).padding(1, 2),
            Window.of(5, 3),
            Window.of(1, 3),
            Window.of(3).stride(1, 2),
            Window.of(3).stride(2, 1),
            Window.of(5).dilation(1, 2),
            Window.of(5).dilation(2, 1));
    for (Window window : others) {
      assertThat(byProducts(conv(64, 56, 64, window))).as("%s", window).isFalse();
    }
    assertThat(byProducts(conv(64, 56, 64, Window.of(3).padding(0, 1)))).isTrue();
  }

  /** Of the largest number: the direct sum's errors are about a tenth of these bounds. */
  @ParameterizedTest
  @CsvSource({"20, 12, 50, 5, 0", "32, 14, 64, 5, 2", "64, 12, 64, 3, 1"})
  void productsLoseLittle(int in, int side, int out, int kernel, int padding) {
    GraphCase c = conv(in, side, out, Window.of(kernel).padding(padding));
    Problem problem = Problem.of(c);
    Oracle.Size size = Oracle.Size.of(4);
    Numbers numbers = problem.numbers(Seed.of(3), size.run());
    Interpreter.Values exact = numbers.interpreter(size.run()).run(problem.graph());
    try (Workers alone = new Workers(1)) {
      Trial trial = new Trial(problem, Engines.SIMD, alone, size);
      Map<String, float[][]> got = trial.run(numbers, Seed.of(3));
      Trial.observed(problem)
          .forEach((name, value) -> {
            if (!name.equals("objective")) {
              double[] error = relative(exact, value, got.get(name));
              assertThat(error[0]).as("%s, %s, root mean square", c, name).isLessThan(2e-6);
              assertThat(error[1]).as("%s, %s, largest", c, name).isLessThan(2e-5);
            }
          });
    }
  }

  /**
   * Filters that are nearly dead, and images that are nearly black: many of their weights'
   * gradients are 0, where products would leave a rounding error, or small. An optimiser that
   * divides by the gradient's size would make a full step of the wrong sign.
   */
  @ParameterizedTest
  @CsvSource({"0, 3, 5, 2", "7, 3, 5, 2", "7, 40, 5, 2", "7, 3, 3, 3"})
  void gradientsThatAreZeroStayZeroAndSmallOnesKeepTheirSign(
      int firstColumn, int batch, int kernel, int padding) {
    int side = 14 + 2 * padding - kernel + 1;
    int taps = kernel * kernel;
    Points image = (random, i) -> i % 14 >= firstColumn && i % 3 == 0 ? random.normal(i) : 0;
    int plane = side * side;
    Points alive = (random, i) -> i / plane % 3 != 0 ? 1e-3 : i % plane < side ? 1 : 0;
    GraphCase c =
        GraphCase.of(
            "a convolution whose filters are nearly dead",
            g -> {
              Value x = g.data(image, 32, 14, 14);
              Value weight = g.parameter(48, 32, kernel, kernel);
              Convolution op = new Convolution(Window.of(kernel).padding(padding), 1, false);
              return g.multiply(g.apply(op, x, weight), g.data(alive, 48, side, side));
            });
    Problem problem = Problem.of(c);
    Oracle.Size size = Oracle.Size.of(batch);
    Numbers numbers = problem.numbers(Seed.of(3), batch);
    Interpreter.Values exact = numbers.interpreter(batch).run(problem.graph());
    String name = "gradient of " + problem.forward().parameters().getFirst().name();
    double[] expected = exact.of(Trial.observed(problem).get(name), 0);
    try (Workers alone = new Workers(1)) {
      float[] got =
          new Trial(problem, Engines.SIMD, alone, size).run(numbers, Seed.of(3)).get(name)[0];
      int zeros = 0;
      for (int i = 0; i < got.length; i++) {
        double largest = 0;
        for (int k = i / taps * taps; k < i / taps * taps + taps; k++) {
          largest = Math.max(largest, Math.abs(expected[k]));
        }
        double bound = expected[i] == 0 ? 0 : 0.5 * Math.abs(expected[i]) + 2e-7 * largest;
        assertThat((double) got[i]).as("weight %d", i).isCloseTo(expected[i], Offset.offset(bound));
        zeros += expected[i] == 0 ? 1 : 0;
      }
      assertThat(zeros).as("gradients that are 0").isGreaterThan(1000);
    }
  }

  /** Root mean square and maximum of the errors, over the largest exact number. */
  private static double[] relative(Interpreter.Values exact, Value value, float[][] got) {
    double squares = 0;
    double largest = 0;
    double norm = 0;
    long n = 0;
    for (int example = 0; example < got.length; example++) {
      double[] expected = exact.of(value, example);
      for (int k = 0; k < expected.length; k++) {
        double error = Math.abs(got[example][k] - expected[k]);
        squares += error * error;
        largest = Math.max(largest, error);
        norm = Math.max(norm, Math.abs(expected[k]));
        n++;
      }
    }
    return new double[] {Math.sqrt(squares / n) / norm, largest / norm};
  }
}
