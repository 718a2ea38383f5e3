package dev.vitrine.trace;

import dev.vitrine.error.Decimal;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rounding explains: of a number its last decimal, of an expression those of the numbers in
 * it.
 */
final class Rounding {
  private static final Pattern DIGITS =
      Pattern.compile("[+−-]?\\s*\\d*\\.?(\\d*)(?:[eE]([+-]?\\d+))?");

  /** Whole numbers of one or two digits: nobody rounds as far as that. */
  private static final Pattern FEW = Pattern.compile("[+−-]?\\s*\\d{1,2}");

  private static final double SAME = 1e-9;

  /** Of the last decimal: as much of it missing is a different decimal, not one that was cut. */
  private static final double WHOLE = 1 - 1e-6;

  private Rounding() {}

  /** The last decimal of a plain number; 0 of anything else, and of what is meant exactly. */
  static double unit(String text) {
    Matcher digits = DIGITS.matcher(text);
    if (!digits.matches() || FEW.matcher(text).matches()) {
      return 0;
    }
    int exponent = digits.group(2) == null ? 0 : Integer.parseInt(digits.group(2));
    return Math.pow(10, exponent - digits.group(1).length());
  }

  /** Whether a plain number is another one rounded: a rounding further up is carried on. */
  static boolean isRounded(String text, Tensor given, Tensor of) {
    double unit = unit(text);
    return unit > 0
        && unit < 1
        && given.isScalar()
        && of.isScalar()
        && Math.abs(given.at(0) - of.at(0)) <= unit / 2 * (1 + SAME);
  }

  /** Whether a plain number is another one cut off behind its last decimal, and not rounded. */
  static boolean isCutOff(String text, Tensor given, Tensor of) {
    double unit = unit(text);
    return unit > 0
        && given.isScalar()
        && of.isScalar()
        && Math.abs(given.at(0) - of.at(0)) < unit * WHOLE
        && Math.abs(given.at(0)) < Math.abs(of.at(0))
        && given.at(0) * of.at(0) > 0;
  }

  /** Whether a side of an equation is what is right, as far as its digits tell. */
  static boolean agrees(
      Expression expression, String text, Tensor given, Tensor truth, Map<String, Tensor> numbers) {
    double plain = unit(text) / 2 * (1 + SAME);
    double size = 0;
    for (int i = 0; i < truth.size(); i++) {
      size = Math.max(size, Math.max(Math.abs(truth.at(i)), Math.abs(given.at(i))));
    }
    double least = Math.max(plain, SAME * size + 1e-12);
    double[] allowed = within(expression, given, numbers);
    for (int i = 0; i < truth.size(); i++) {
      double off = Math.abs(truth.at(i) - given.at(i));
      if (!(off <= Math.max(least, plain == 0 ? 1.05 * allowed[i] : 0))) {
        return false;
      }
    }
    return true;
  }

  /** How far the result goes if every rounded number in it goes half a decimal, all one way. */
  private static double[] within(Expression expression, Tensor given, Map<String, Tensor> numbers) {
    double[] sum = new double[given.size()];
    List<Expression.Numeral> rounded = new ArrayList<>();
    collect(expression, rounded, numbers);
    if (rounded.isEmpty() || !Names.all(expression).isEmpty()) {
      return sum;
    }
    for (Expression.Numeral number : rounded) {
      double half = unit(Decimal.text(Math.abs(number.value()))) / 2;
      Tensor moved = Evaluation.of(moved(expression, number, half), new HashMap<>());
      for (int i = 0; i < sum.length; i++) {
        sum[i] += Math.abs(moved.at(i) - given.at(i));
      }
    }
    return sum;
  }

  /** Whole numbers and those of the question are exact. */
  private static void collect(
      Expression expression, List<Expression.Numeral> rounded, Map<String, Tensor> numbers) {
    if (expression instanceof Expression.Numeral number
        && number.symbol().isEmpty()
        && number.value() != Math.rint(number.value())
        && numbers.values().stream()
            .noneMatch(v -> v.isScalar() && Math.abs(v.at(0)) == Math.abs(number.value()))) {
      rounded.add(number);
    }
    expression.parts().forEach(part -> collect(part, rounded, numbers));
  }

  @SuppressWarnings("ReferenceEquality") // the same number may stand at several places
  private static Expression moved(Expression in, Expression.Numeral number, double by) {
    return in == number
        ? new Expression.Numeral(number.value() + by, "", number.at())
        : in.of(in.parts().stream().map(part -> moved(part, number, by)).toList());
  }
}
