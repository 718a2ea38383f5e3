package dev.vitrine.trace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions are read as people write them, and refused where they cannot be. */
class ProgramTest {
  private static final Map<String, Tensor> AT =
      Map.of("x", Tensor.of(3), "y", Tensor.of(-0.5), "w1", Tensor.of(2));

  private static double value(String text) {
    return Evaluation.of(Program.of(text).inlined(), AT).at(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2*x | 7",
        "-x^2 | -9",
        "(-x)^2 | 9",
        "2^-1 | 0.5",
        "2^3^2 | 512",
        "6/3*2 | 4",
        "6/(3*2) | 1",
        "1 - 2 - 3 | -4",
        "2x + 2(x + 1) | 14",
        "(x)(y) | -1.5",
        "2−x | -1",
        "w₁·x | 6",
        "x² + x³ | 36",
        "½x | 1.5",
        "√(x + 1) | 2",
        "e^0 + 0*pi | 1",
        "σ(0) | 0.5",
        "Sigmoid(0) | 0.5",
        "leakyrelu(y, 0.1) | -0.05",
        "leakyrelu(y) | -0.005",
        "clip(x, -1, 2) | 2",
        "elu(x, 2) | 3",
        "x^w1 | 9",
        "s = w1*x; t = s + 1; s*t | 42",
        "1 where x > 2 and y < 0, else 5 | 1",
        "1 where x > 3, else 5 | 5",
        "sum([1,2;3,4]) | 10",
        "mean([1,2,6]) | 3",
        "norm2([3,4]) | 5",
        "dot([1,2],[3,4]) | 11",
        "[1,2] @ [3,4] | 11",
        "[1,2]' @ [3,4] | 11",
        "sum([1,2;3,4] @ [1,1]) | 10",
        "sum([1,2;3,4]' @ [1,0]) | 3",
        "sum([1,2] @ [3,4,5]') | 36",
        "sum([1,2;3,4] @ [0,1;1,0] .* [1,0;0,0]) | 2",
        "sum([1/2, -1]) | -0.5",
      })
  void whatIsWrittenIsCalculated(String text, double expected) {
    assertThat(value(text)).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sigmoid(x1 + ) * w2 | 14 | expected a number, a name, ( or [, but got )",
        "sigmod(x) | 1 | \"sigmod\" is no function; did you mean \"sigmoid\"?",
        "x(2) | 1 | \"x\" is no function; there are sigmoid, tanh, relu, relu6, leakyrelu, elu, clip,"
            + " softplus, silu, gelu, gelutanh, exp, ln, sum, mean, norm2, dot, sq, sqrt (a product is"
            + " written with *)",
        "x x | 3 | expected an operation or the end, but got x",
        "x + | 4 | expected a number, a name, ( or [, but got the end",
        "((x) | 5 | expected ) for the ( of column 1, but got the end",
        "1/2x | 4 | a product without a sign behind a division may mean two things: write * or /( … )",
        "x ? y | 3 | ? means nothing here",
        "[1,2;3] | 6 | a row of 1 numbers stands below one of 2",
        "[1,x] | 4 | a matrix expects numbers, but got the name x",
        "sum = 3; x | 1 | \"sum\" is known already: take another name",
        "z = x; z = y; z | 8 | \"z\" is named twice: take another name",
        "sigmoid(x, 2) | 1 | sigmoid expects 1 argument, but got 2",
        "clip(x) | 1 | clip expects 3 arguments, but got 1",
        "dot(x) | 1 | dot expects 2 arguments, but got 1",
        "tanh | 1 | tanh is a function: write tanh(…)",
        "∂ + 1 | 1 | ∂ begins a derivative, such as ∂f/∂w1",
        "1e999 | 1 | expected 0 or a number of a size from 4.9e-324 to 1.8e308, but got 1e999",
      })
  void whatCannotBeReadIsSaidWithItsColumn(String text, int column, String problem) {
    assertThatThrownBy(() -> Program.of(text))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Column %s of ", column)
        .hasMessageEndingWith(": " + problem)
        .satisfies(e ->
            assertThat(Place.shown((UserException) e))
                .containsExactly("  " + text, " ".repeat(column + 1) + "^"));
  }

  @Test
  void whatIsLongBeyondReasonIsRefused() {
    for (String more : new String[] {"x+", "x*", "2x-", "x^2/"}) {
      assertThatThrownBy(() -> Program.of(more.repeat(5_000) + "x"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("more than 250 operations");
    }
    for (String more : new String[] {"'", "²"}) {
      assertThatThrownBy(() -> Program.of("x" + more.repeat(5_000)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("more than 250 operations");
    }
    assertThatThrownBy(() -> Program.of("exp(1);".repeat(301)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more than 300 lines");
    assertThat(Program.of("x+".repeat(250) + "x").lines()).hasSize(1);
    String fractions = "1/3,".repeat(1_000);
    assertThat(Program.assignments("x=[" + fractions + "1]").get("x").shape().elements())
        .isEqualTo(1_001);
  }

  @Test
  void whatIsNestedBeyondReasonIsRefused() {
    for (String open : new String[] {"(", "-", "exp("}) {
      assertThatThrownBy(() -> Program.of(open.repeat(100_000) + "x"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("nested too deeply");
    }
  }

  @Test
  void valuesOfNames() {
    assertThat(Program.assignments("x=1, W=[1,2;3,4]; b=-1/4"))
        .isEqualTo(
            Map.of(
                "x", Tensor.of(1),
                "W", Tensor.of(Shape.of(2, 2), 1, 2, 3, 4),
                "b", Tensor.of(-0.25)));
    assertThatThrownBy(() -> Program.assignments("x=1,x=2"))
        .hasMessage("Column 5 of \"x=1,x=2\": \"x\" is given a value twice: leave one out");
    assertThatThrownBy(() -> Program.assignments("x"))
        .hasMessage("Column 1 of \"x\": expected a name and its value, such as x1=0.5");
    assertThatThrownBy(() -> Program.assignments("x=y"))
        .hasMessage("Column 1 of \"x=y\": x expects numbers, but got the name \"y\"");
  }

  /** Random expressions, written and read again, are the same numbers. */
  @Test
  void whatIsPrintedCanBeReadAgain() {
    int read = 0;
    for (int seed = 0; seed < 3000; seed++) {
      Expression expression = drawn(new Random(seed), 4);
      Expression known = Names.withConstants(expression, Set.of());
      double expected = Evaluation.of(known, AT).at(0);
      if (!Double.isFinite(expected) || Math.abs(expected) > 1e9) {
        continue;
      }
      read++;
      for (Notation notation : new Notation[] {Notation.ASCII, Notation.UNICODE}) {
        String text = Printer.text(known, notation);
        // Sums are written without the parentheses on their right, so they may round otherwise.
        assertThat(value(text))
            .as("%s: %s", seed, text)
            .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
      }
    }
    assertThat(read).isGreaterThan(1500);
  }

  private static Expression drawn(Random random, int depth) {
    int kind = depth == 0 ? random.nextInt(2) : random.nextInt(8);
    Place at = Place.NONE;
    return switch (kind) {
      case 0 -> new Expression.Name(random.nextBoolean() ? "x" : "y", at);
      case 1 -> new Expression.Numeral(random.nextInt(-3, 4) / 2.0, "", at);
      case 2 -> new Expression.Negation(drawn(random, depth - 1), at);
      case 3 -> new Expression.Power(drawn(random, depth - 1), random.nextInt(-2, 4), at);
      case 4 ->
          new Expression.Apply(Function.find("tanh").orElseThrow(), drawn(random, depth - 1), at);
      default -> {
        Operator[] operators = {
          Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE
        };
        yield new Expression.Arithmetic(
            operators[random.nextInt(4)], drawn(random, depth - 1), drawn(random, depth - 1), at);
      }
    };
  }
}
