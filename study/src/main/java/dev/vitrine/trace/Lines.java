package dev.vitrine.trace;

import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a question asks to calculate.
 *
 * @param all the lines of the expression and behind them those of the loss
 * @param own how many are the expression's
 */
record Lines(List<Program.Line> all, int own) {
  static Lines of(Question question) {
    List<Program.Line> all = new ArrayList<>(Program.of(question.expression()).lines());
    int own = all.size();
    question.loss().ifPresent(loss -> all.addAll(Program.of(loss).lines()));
    return new Lines(List.copyOf(all), own);
  }

  /** The expression without its loss. */
  Lines withoutLoss() {
    return new Lines(all.subList(0, own), own);
  }

  boolean hasLoss() {
    return own < all.size();
  }

  /** The same with each operation changed, the inner ones first. */
  Lines changed(UnaryOperator<Expression> change) {
    return new Lines(
        all.stream()
            .map(line ->
                new Program.Line(line.name(), changed(line.expression(), change), line.at()))
            .toList(),
        own);
  }

  private static Expression changed(Expression of, UnaryOperator<Expression> change) {
    return change.apply(of.of(of.parts().stream().map(part -> changed(part, change)).toList()));
  }
}
