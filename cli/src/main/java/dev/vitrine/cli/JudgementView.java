package dev.vitrine.cli;

import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Judgement;
import dev.vitrine.metrics.Regression;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Shows on a terminal what a network is worth. */
final class JudgementView {
  private JudgementView() {}

  static void show(Terminal terminal, Judgement judgement, List<String> classNames) {
    switch (judgement) {
      case Evaluation classes -> EvaluationView.show(terminal, classes, classNames);
      case Regression numbers -> show(terminal, numbers);
    }
  }

  private static void show(Terminal terminal, Regression numbers) {
    terminal.print("");
    terminal.sentence(
        "test mean squared error %s, its root %s, R² %s, loss %s, on %,d examples",
        number(numbers.mse()),
        number(numbers.rmse()),
        r2(numbers.r2()),
        number(numbers.meanLoss()),
        numbers.examples());
    if (numbers.targets().size() > 1) {
      terminal.print("");
      terminal.print("%6s %12s %12s %9s", "target", "squared err.", "its root", "R²");
      for (int t = 0; t < numbers.targets().size(); t++) {
        Regression.Fit fit = numbers.targets().get(t);
        terminal.print(
            "%6s %12s %12s %9s", t + 1, number(fit.mse()), number(fit.rmse()), r2(fit.r2()));
      }
    }
  }

  /** Errors are of any size: as many digits as are worth reading. */
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }

  private static String r2(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.5f", value.getAsDouble()) : "unknown";
  }
}
