package dev.vitrine.trace;

import dev.vitrine.op.Unary;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Points at which a function has a slope on either side and no derivative. */
final class Kinks {
  private static final double NEAR = 1e-9;

  private Kinks() {}

  /** One sentence for each, with what the engine takes there. */
  static List<String> remarks(List<Step> steps, Map<String, Tensor> numbers) {
    List<String> remarks = new ArrayList<>();
    for (Step step : steps) {
      walk(step.expression(), numbers, remarks);
    }
    return remarks;
  }

  private static void walk(
      Expression expression, Map<String, Tensor> numbers, List<String> remarks) {
    if (expression instanceof Apply apply && apply.function().op().isPresent()) {
      Unary op = apply.function().op().get();
      Tensor x = Evaluation.of(apply.x(), numbers);
      for (int i = 0; i < x.size(); i++) {
        double step = NEAR * Math.max(1, Math.abs(x.at(i)));
        double left = slope(op, x.at(i) - step);
        double right = slope(op, x.at(i) + step);
        if (Math.abs(left - right) > 1e-6 * Math.max(1, Math.abs(left) + Math.abs(right))) {
          remarks.add(remark(apply, x.at(i), left, right, slope(op, x.at(i))));
          break;
        }
      }
    }
    expression.parts().forEach(part -> walk(part, numbers, remarks));
  }

  private static double slope(Unary op, double x) {
    return op.derivative(op.fromOutput() ? op.apply(x) : x);
  }

  private static String remark(Apply apply, double x, double left, double right, double taken) {
    return "%s has no derivative where %s is %s: the slope is %s on the left and %s on the right. The engine takes %s."
        .formatted(
            Printer.text(apply, Notation.UNICODE),
            Printer.text(apply.x(), Notation.UNICODE),
            Figures.number(x, Notation.UNICODE),
            Figures.number(left, Notation.UNICODE),
            Figures.number(right, Notation.UNICODE),
            Figures.number(taken, Notation.UNICODE));
  }
}
