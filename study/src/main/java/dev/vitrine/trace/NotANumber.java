package dev.vitrine.trace;

import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Power;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Operator;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Tensor;
import java.util.Map;

/** Finds where a calculation leaves the numbers: a division by 0, the logarithm of −1. */
final class NotANumber {
  private NotANumber() {}

  /** Refuses a step whose value is no finite number, at the operation that is to blame. */
  static void refuse(Step step, Map<String, Tensor> numbers) {
    if (!finite(Evaluation.of(step.expression(), numbers))) {
      blame(step.expression(), numbers);
    }
  }

  private static boolean finite(Tensor value) {
    for (int i = 0; i < value.size(); i++) {
      if (!Double.isFinite(value.at(i))) {
        return false;
      }
    }
    return true;
  }

  private static void blame(Expression expression, Map<String, Tensor> numbers) {
    for (Expression part : expression.parts()) {
      if (!finite(Evaluation.of(part, numbers))) {
        blame(part, numbers);
      }
    }
    String said = Printer.text(expression, Notation.UNICODE);
    throw expression
        .at()
        .fault(
            switch (expression) {
              case Arithmetic of
                  when of.operator() == Operator.DIVIDE && has(Evaluation.of(of.b(), numbers), 0) ->
                  "%s is a division by 0".formatted(said);
              case Apply of ->
                  "%s is not a finite number where %s is %s"
                      .formatted(
                          said, Printer.text(of.x(), Notation.UNICODE), value(of.x(), numbers));
              case Power of ->
                  "%s is not a finite number where %s is %s"
                      .formatted(
                          said,
                          Printer.text(of.base(), Notation.UNICODE),
                          value(of.base(), numbers));
              default -> "%s is not a finite number here".formatted(said);
            });
  }

  private static boolean has(Tensor value, double number) {
    for (int i = 0; i < value.size(); i++) {
      if (value.at(i) == number) {
        return true;
      }
    }
    return false;
  }

  private static String value(Expression expression, Map<String, Tensor> numbers) {
    return Figures.text(Evaluation.of(expression, numbers), Notation.UNICODE);
  }
}
