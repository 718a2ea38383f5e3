package dev.vitrine.trace;

import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** The numbers of the names that stand in the lines. */
  static Map<String, Tensor> used(Lines lines, Map<String, Tensor> at) {
    Set<String> names = new HashSet<>();
    for (Program.Line line : lines.all()) {
      names.addAll(Names.all(line.expression()));
    }
    Map<String, Tensor> used = new LinkedHashMap<>(at);
    used.keySet().retainAll(names);
    return used;
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
