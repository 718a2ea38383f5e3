package dev.vitrine.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Comparisons, and choices by them, of what no example changes: exporters work out shapes so. Of
 * what flows they are not done.
 */
final class ConstantLogic {
  private ConstantLogic() {}

  static void register(Map<String, Operator> operators) {
    compare(operators, "Equal", (a, b) -> a == b ? 1 : 0);
    compare(operators, "Less", (a, b) -> a < b ? 1 : 0);
    compare(operators, "LessOrEqual", (a, b) -> a <= b ? 1 : 0);
    compare(operators, "Greater", (a, b) -> a > b ? 1 : 0);
    compare(operators, "GreaterOrEqual", (a, b) -> a >= b ? 1 : 0);
    compare(operators, "And", (a, b) -> a != 0 && b != 0 ? 1 : 0);
    compare(operators, "Or", (a, b) -> a != 0 || b != 0 ? 1 : 0);
    compare(operators, "Xor", (a, b) -> (a != 0) != (b != 0) ? 1 : 0);
    operators.put("Not", s -> Site.one(not(s.known(0))));
    operators.put("Where", s -> Site.one(where(s.known(0), s.known(1), s.known(2))));
  }

  private static void compare(
      Map<String, Operator> operators, String name, DoubleBinaryOperator of) {
    operators.put(
        name,
        s -> {
          Known a = s.known(0);
          Known b = s.known(1);
          long[] dims = Numpy.broadcast(a.dims(), b.dims());
          double[] x = spread(a, dims);
          double[] y = spread(b, dims);
          Arrays.setAll(x, i -> of.applyAsDouble(x[i], y[i]));
          return Site.one(Known.of(dims, true, x));
        });
  }

  private static Known not(Known x) {
    double[] numbers = Arrays.stream(x.numbers()).map(number -> number == 0 ? 1 : 0).toArray();
    return Known.of(x.dims(), true, numbers);
  }

  private static Known where(Known condition, Known a, Known b) {
    long[] dims = Numpy.broadcast(condition.dims(), Numpy.broadcast(a.dims(), b.dims()));
    double[] chosen = spread(condition, dims);
    double[] x = spread(a, dims);
    double[] y = spread(b, dims);
    Arrays.setAll(chosen, i -> chosen[i] != 0 ? x[i] : y[i]);
    return Known.of(dims, a.isWhole() && b.isWhole(), chosen);
  }

  private static double[] spread(Known x, long[] dims) {
    return x.picked(dims, Numpy.projection(dims, x.dims())).numbers();
  }
}
