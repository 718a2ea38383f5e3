package dev.vitrine.neuron.learning;

import dev.vitrine.report.Numbers;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of such trainings, for people and for scripts. */
public final class LearningText {
  private LearningText() {}

  /**
   * {@return the rule, the first steps, where it ended, and the closed form beside it}
   *
   * @param learning what is described
   */
  public static String text(Learning learning) {
    List<String> lines = new ArrayList<>();
    Learning.Setup setup = learning.setup();
    int rows = learning.samples().targets().length;
    lines.add(
        "%s, η = %s: %s".formatted(word(setup), number(setup.rate()), setup.rule().formula()));
    lines.add(
        "weights: %s%s"
            .formatted(
                setup.rule() == Rule.MADALINE
                    ? "%s hidden units, each of ".formatted(setup.hidden())
                    : "",
                String.join(", ", learning.samples().names())));
    lines.add("");
    lines.add("First steps");
    for (Learning.Step step : learning.steps()) {
      lines.add(
          "  row %s  %s = %s  sum %s  → w = %s"
              .formatted(
                  step.row(),
                  learning.samples().target(),
                  number(step.target()),
                  number(step.sum()),
                  list(step.weights())));
    }
    lines.add("");
    Learning.Run first = learning.runs().getFirst();
    lines.add(
        "After %s %s  w = %s"
            .formatted(
                Numbers.count(first.epochs()),
                first.epochs() == 1 ? "epoch" : "epochs",
                list(first.weights())));
    lines.add("  mean squared error %s".formatted(number(first.error())));
    if (setup.rule() == Rule.ADALINE && learning.samples().hasSigns() && learning.diverged() == 0) {
      lines.add("  right sign in %s of %s rows".formatted(first.right(), rows));
    }
    if (setup.rule() != Rule.ADALINE) {
      lines.add("  right %s of %s rows".formatted(first.right(), rows));
    }
    learning
        .closed()
        .ifPresent(w -> {
          lines.add("Closed form      w = " + list(Arrays.stream(w).boxed().toList()));
          lines.add(
              "  mean squared error %s, the least there is".formatted(number(learning.error(w))));
        });
    if (learning.runs().size() > 1) {
      lines.add("");
      lines.add(
          "Of %s runs from drawn weights %s %s every row right; they end at %s different weights."
              .formatted(
                  learning.runs().size(),
                  learning.whole(),
                  learning.whole() == 1 ? "has" : "have",
                  learning.different()));
    }
    return String.join("\n", lines);
  }

  private static String word(Learning.Setup setup) {
    return setup.rule().name().toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return Figures.number(value, Notation.UNICODE);
  }

  private static String list(List<Double> numbers) {
    return "(%s)".formatted(String.join(", ", numbers.stream().map(LearningText::number).toList()));
  }

  /**
   * {@return the same with stable names}
   *
   * @param learning what is described
   */
  public static Map<String, Object> json(Learning learning) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", word(learning.setup()));
    json.put("rate", learning.setup().rate());
    json.put("inputs", learning.samples().names());
    json.put("target", learning.samples().target());
    json.put("rows", learning.samples().targets().length);
    List<Map<String, Object>> runs = new ArrayList<>();
    for (Learning.Run run : learning.runs()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("seed", run.seed().orElse(null));
      each.put("epochs", run.epochs());
      each.put("right", run.right());
      each.put("error", run.error());
      each.put("weights", run.weights());
      runs.add(each);
    }
    json.put("runs", runs);
    json.put("whole", learning.whole());
    json.put("different", learning.different());
    json.put("diverged", learning.diverged());
    json.put(
        "closed_form", learning.closed().map(w -> Arrays.stream(w).boxed().toList()).orElse(null));
    return json;
  }
}
