package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.CustomOp;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The derivatives of every network of the zoo, at reduced width, by finite differences. */
class ZooGradientTest {
  private static final int BATCH = 2;
  private static final int EACH = 2;
  private static final Seed SEED = Seed.of(1);

  /** All but those with thresholds, whose derivative is 0 while their gradient is not. */
  static List<SlimNetwork> networks() {
    return SlimNetwork.all().stream().filter(n -> !hasThreshold(n.problem())).toList();
  }

  private static boolean hasThreshold(Problem problem) {
    return problem.forward().values().stream().anyMatch(v -> v.op() instanceof CustomOp);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyParameterAndTheImage(SlimNetwork network) {
    Problem problem = network.problem();
    Numbers numbers = problem.numbers(SEED, BATCH);
    assertThat(idle(problem, numbers)).as("without influence").allMatch(network::cancels);
    NetworkGradientCheck.Result result = check(problem, numbers);
    if (Boolean.getBoolean("vitrine.show")) {
      System.out.println(network + " " + network.input() + " " + result);
    }
    assertThat(result.checked()).isGreaterThanOrEqualTo(problem.wanted().size());
  }

  /** The parameters whose gradient is 0. */
  private static List<String> idle(Problem problem, Numbers numbers) {
    Interpreter.Values values = numbers.interpreter(BATCH).run(problem.graph());
    return problem.gradients().entrySet().stream()
        .filter(e -> Arrays.stream(values.of(e.getValue(), 0)).allMatch(g -> Math.abs(g) < 1e-12))
        .map(e -> ((Leaf.Parameter) e.getKey().op()).name())
        .toList();
  }

  private static NetworkGradientCheck.Result check(Problem problem, Numbers numbers) {
    return NetworkGradientCheck.check(problem, numbers, BATCH, EACH, SEED);
  }

  /**
   * A threshold's output does not change with its input, but lets gradients pass: they are those of
   * the same network with {@code y = x + c} in its place, where c makes the same y.
   */
  @ParameterizedTest
  @ValueSource(strings = {"perceptron", "madaline"})
  void thresholdsLetGradientsPass(String name) {
    Problem problem =
        SlimNetwork.all().stream()
            .filter(n -> n.name().equals(name))
            .map(SlimNetwork::problem)
            .findFirst()
            .orElseThrow();
    Numbers numbers = problem.numbers(SEED, BATCH);
    Interpreter.Values values = numbers.interpreter(BATCH).run(problem.graph());
    assertThat(values.number(problem.objective())).as("some output is wrong").isPositive();

    Problem passing = withoutThresholds(problem, values, numbers);
    check(passing, numbers);
    Interpreter.Values expected = numbers.interpreter(BATCH).run(passing.graph());
    for (int i = 0; i < problem.wanted().size(); i++) {
      Value got = problem.gradients().get(problem.wanted().get(i));
      Value wanted = passing.gradients().get(passing.wanted().get(i));
      assertThat(values.of(got, 0)).containsExactly(expected.of(wanted, 0), within(1e-12));
    }
  }

  /** Adds each threshold's c to the numbers, as an input. */
  private static Problem withoutThresholds(
      Problem problem, Interpreter.Values values, Numbers numbers) {
    Graph g = new Graph();
    Map<Value, Value> copies = new HashMap<>();
    for (Value y : problem.forward().values()) {
      Value[] inputs = y.inputs().stream().map(copies::get).toArray(Value[]::new);
      if (y.op() instanceof CustomOp) {
        String c = "c" + y.id();
        numbers.inputs().put(c, difference(y, values));
        copies.put(y, g.add(inputs[0], g.input(c, y.shape())));
      } else {
        copies.put(y, g.apply(y.op(), inputs));
      }
    }
    Value objective = copies.get(problem.objective());
    List<Value> wanted = problem.wanted().stream().map(copies::get).toList();
    Gradient gradient = Gradient.of(g, objective, wanted);
    return new Problem(
        problem.of(),
        g,
        copies.get(problem.output()),
        objective,
        gradient.graph(),
        wanted,
        gradient.of(),
        problem.points());
  }

  private static double[][] difference(Value y, Interpreter.Values values) {
    double[][] c = new double[BATCH][y.shape().elements()];
    for (int n = 0; n < BATCH; n++) {
      for (int k = 0; k < c[n].length; k++) {
        c[n][k] = values.of(y, n)[k] - values.of(y.inputs().getFirst(), n)[k];
      }
    }
    return c;
  }
}
