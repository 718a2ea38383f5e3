package dev.vitrine.cli;

import dev.vitrine.metrics.ConfusedPair;
import dev.vitrine.metrics.ConfusionText;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Interval;
import java.util.List;
import java.util.stream.Collectors;

/** Shows an evaluation on a terminal. */
final class EvaluationView {
  private static final int PAIRS = 3;

  private EvaluationView() {}

  static void show(Terminal terminal, Evaluation evaluation, List<String> classNames) {
    Interval interval = evaluation.accuracyInterval();
    terminal.print("");
    terminal.sentence(
        "test accuracy %.2f %%, loss %.4f, %,d of %,d misread",
        100 * evaluation.accuracy(),
        evaluation.meanLoss(),
        evaluation.errors(),
        evaluation.examples());
    terminal.print("95 %% interval %.2f to %.2f %%", 100 * interval.low(), 100 * interval.high());
    terminal.print("");
    terminal.print(
        ConfusionText.render(
                evaluation.confusion(), classNames, terminal.colours(), terminal.width())
            .stripTrailing());
    List<ConfusedPair> pairs = evaluation.confusion().confusedPairs();
    if (!pairs.isEmpty()) {
      String sentence =
          pairs.stream()
              .limit(PAIRS)
              .map(pair -> pair.sentence(classNames))
              .collect(Collectors.joining("; "));
      terminal.print("");
      terminal.sentence("Most confused: %s", sentence);
    }
  }
}
