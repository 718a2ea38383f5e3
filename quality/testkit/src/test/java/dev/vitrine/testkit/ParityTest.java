package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Loss;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.LogSoftmax;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The interpreter against PyTorch: what plans are compared with must itself be what the field
 * means. {@code parity.py} wrote {@code parity.txt} and says what a line holds.
 */
class ParityTest {
  @TestFactory
  Stream<DynamicTest> everyLine() throws IOException {
    try (var stream = ParityTest.class.getResourceAsStream("/parity.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList().stream()
          .map(line -> line.split(" : "))
          .map(parts -> DynamicTest.dynamicTest(parts[0], () -> compare(parts[0], parts[1])));
    }
  }

  private static void compare(String what, String numbers) {
    double[] expected = Arrays.stream(numbers.split(" ")).mapToDouble(Double::valueOf).toArray();
    double[] y = compute(what.split(" "));
    double[] got = new double[12];
    for (double element : y) {
      got[0] += element;
      got[1] += element * element;
    }
    for (int k = 0; k < 10; k++) {
      got[2 + k] = y[k * (y.length - 1) / 9];
    }
    assertThat(got).containsExactly(expected, within(1e-12 * (1 + Math.abs(expected[1]))));
  }

  private static double[] compute(String[] words) {
    double[] p = Arrays.stream(words).skip(1).mapToDouble(Double::valueOf).toArray();
    Operands o = new Operands(new Graph(), new Interpreter(1));
    Value y =
        switch (words[0]) {
          case "conv", "max", "average" -> image(o, words[0], p);
          default -> vector(o, words[0], p);
        };
    return o.interpreter.run(o.graph).of(y, 0);
  }

  private static Value image(Operands o, String op, double[] p) {
    Window window = Window.of((int) p[0]).stride((int) p[1]).padding((int) p[2]);
    if (op.equals("conv")) {
      int groups = (int) p[4];
      return o.graph.apply(
          new Convolution(window.dilation((int) p[3]), groups, true),
          o.input(1, 1, 4, 7, 9),
          o.parameter(2, 6, 4 / groups, (int) p[0], (int) p[0]),
          o.parameter(3, 6));
    }
    Value x = o.input(1, 1, 3, 8, 9);
    return op.equals("max")
        ? o.graph.apply(new MaxPool(window.dilation((int) p[3]).ceil(p[4] == 1)), x)
        : o.graph.apply(new AveragePool(window.ceil(p[3] == 1), p[4] == 1), x);
  }

  private static Value vector(Operands o, String op, double[] p) {
    Graph g = o.graph;
    Value x = o.input(1, 4, 13);
    return switch (op) {
      case "relu" -> g.relu(x);
      case "leakyrelu" -> g.apply(new Rectifier.LeakyRelu(p[0]), x);
      case "elu" -> g.apply(new Rectifier.Elu(p[0]), x);
      case "sigmoid" -> g.sigmoid(x);
      case "tanh" -> g.tanh(x);
      case "softplus" -> g.softplus(x);
      case "softmax" -> g.apply(new Softmax(), x);
      case "logsoftmax" -> g.apply(new LogSoftmax(), x);
      case "crossentropy" -> Loss.crossEntropy(p[0]).apply(g, x, g.constant(5, Shape.scalar()));
      case "binarycrossentropy" -> Loss.binaryCrossEntropy().apply(g, x, o.fractions());
      case "meansquarederror" -> Loss.meanSquaredError().apply(g, x, o.fractions());
      case "hinge" -> Loss.hinge().apply(g, x, o.signs());
      case "linear" -> g.apply(new Affine(true), x, o.parameter(2, 7, 13), o.parameter(3, 7));
      default -> throw new IllegalArgumentException(op);
    };
  }

  /** Leaves with the script's numbers. */
  private record Operands(Graph graph, Interpreter interpreter) {
    private static double[] signed(int salt, double factor, int n) {
      double[] numbers = new double[n];
      Arrays.setAll(numbers, i -> factor * (2 * GoldenTest.noise(salt, i) - 1));
      return numbers;
    }

    Value input(int salt, double factor, int... sizes) {
      Shape shape = Shape.of(sizes);
      interpreter.input("x", signed(salt, factor, shape.elements()));
      return graph.input("x", shape);
    }

    Value parameter(int salt, int... sizes) {
      Shape shape = Shape.of(sizes);
      interpreter.parameter("p" + salt, signed(salt, 1, shape.elements()));
      return graph.parameter("p" + salt, shape);
    }

    /** Targets in [0, 1). */
    Value fractions() {
      return graph.scale(graph.shift(parameter(2, 13), 1), 0.5);
    }

    /** The signs of the fractions less ½. */
    Value signs() {
      double[] signs = Arrays.stream(signed(2, 1, 13)).map(Math::signum).toArray();
      interpreter.parameter("signs", signs);
      return graph.parameter("signs", Shape.of(13));
    }
  }
}
