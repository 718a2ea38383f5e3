package dev.vitrine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.op.Binary;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Formula;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Function;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What element-wise ops say of themselves as text, evaluated, is what they compute. */
class FormulaTest {
  /** None of them a kink of any op below. */
  private static final double[] POINTS = {-7.3, -3.01, -1.2, -0.4, -0.08, 0.05, 0.7, 1.9, 3.3, 6.5};

  static Stream<Unary> functions() {
    return Stream.of(
        new Elementary.Negate(),
        new Elementary.Scale(-2.5),
        new Elementary.Shift(-1.25),
        new Elementary.Square(),
        new Elementary.Power(3),
        new Elementary.Power(-1),
        new Elementary.Power(0.5),
        new Elementary.Exp(),
        new Elementary.Log(),
        new Rectifier.Relu(),
        new Rectifier.LeakyRelu(0.1),
        new Rectifier.LeakyRelu(-0.3),
        new Rectifier.Elu(1.5),
        new Rectifier.Clip(-1, 2),
        new Rectifier.Clip(Double.NEGATIVE_INFINITY, 1),
        new Rectifier.Clip(-2, Double.POSITIVE_INFINITY),
        new Sigmoidal.Sigmoid(),
        new Sigmoidal.Tanh(),
        new Sigmoidal.Softplus(),
        new Sigmoidal.Silu(),
        new Sigmoidal.Gelu(),
        new Sigmoidal.GeluTanh());
  }

  private static double evaluated(String text, Map<String, Double> at) {
    Map<String, Tensor> numbers =
        at.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Tensor.of(e.getValue())));
    return Evaluation.of(Program.of(text).inlined(), numbers).at(0);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theTextOfAFunctionIsItsValueAndDerivative(Unary op) {
    Formula formula = op.formula();
    int asked = 0;
    for (double x : POINTS) {
      double y = op.apply(x);
      if (Double.isNaN(y)) {
        continue;
      }
      asked++;
      double h = 1e-5 * Math.max(1, Math.abs(x));
      double slope = (op.apply(x + h) - op.apply(x - h)) / (2 * h);
      double rule = op.derivative(op.fromOutput() ? y : x);
      double text = evaluated(formula.derivatives().getFirst(), Map.of("x", x));
      assertThat(evaluated(formula.value(), Map.of("x", x))).isCloseTo(y, near(y, 1e-12));
      assertThat(text).isCloseTo(rule, near(rule, 1e-12));
      if (Math.abs(x) > h) {
        assertThat(text).as("at %s", x).isCloseTo(slope, near(slope, 1e-6));
      }
      if (!formula.byOutput().isEmpty()) {
        assertThat(evaluated(formula.byOutput(), Map.of("y", y)))
            .isCloseTo(rule, near(rule, 1e-12));
      }
    }
    assertThat(asked).isGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(Binary.class)
  void theTextOfAnOperationIsItsValueAndDerivatives(Binary op) {
    Formula formula = op.formula();
    for (double a : POINTS) {
      for (double b : List.of(-2.2, 0.3, 4.0)) {
        Map<String, Double> at = Map.of("a", a, "b", b);
        double h = 1e-5;
        double byA = (op.apply(a + h, b) - op.apply(a - h, b)) / (2 * h);
        double byB = (op.apply(a, b + h) - op.apply(a, b - h)) / (2 * h);
        assertThat(evaluated(formula.value(), at)).isEqualTo(op.apply(a, b));
        assertThat(evaluated(formula.derivatives().get(0), at)).isCloseTo(byA, near(byA, 1e-6));
        assertThat(evaluated(formula.derivatives().get(1), at)).isCloseTo(byB, near(byB, 1e-6));
      }
    }
  }

  /** Sums and products with numbers are written with signs; all others are functions or powers. */
  @Test
  void everyElementWiseFunctionCanBeWritten() {
    Set<Class<?>> written =
        Function.names().stream()
            .map(name -> Function.find(name).orElseThrow().op().orElseThrow().getClass())
            .collect(Collectors.toSet());
    Set<Class<?>> signs =
        Set.of(
            Elementary.Negate.class,
            Elementary.Scale.class,
            Elementary.Shift.class,
            Elementary.Square.class,
            Elementary.Power.class);
    List<Class<?>> all =
        Stream.of(Elementary.class, Rectifier.class, Sigmoidal.class)
            .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
            .collect(Collectors.toList());
    assertThat(all)
        .hasSizeGreaterThan(15)
        .allMatch(op -> written.contains(op) || signs.contains(op));
    Set<Class<?>> asked = functions().map(Object::getClass).collect(Collectors.toSet());
    assertThat(all).allMatch(asked::contains);
  }

  private static Offset<Double> near(double size, double share) {
    return within(share * Math.max(1, Math.abs(size)));
  }
}
