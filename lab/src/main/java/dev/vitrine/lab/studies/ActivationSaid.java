package dev.vitrine.lab.studies;

import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.lab.statistics.Comparison.Verdict;
import dev.vitrine.lab.statistics.Median;
import dev.vitrine.report.Numbers;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;

/** What follows from the findings, in sentences. */
final class ActivationSaid {
  private final ActivationFindings found;

  ActivationSaid(ActivationFindings found) {
    this.found = found;
  }

  List<String> conclusions() {
    List<String> said = new ArrayList<>();
    found.others().forEach(function -> said.add(accuracy(function)));
    edge().ifPresent(said::add);
    said.add(gradients());
    said.add(dead());
    said.add(faster(found.clocks().getFirst()));
    if (found.clocks().size() > 1) {
      said.add(faster(found.clocks().getLast()));
    }
    return said;
  }

  /** At which depths a function is better or worse than the baseline. */
  private String accuracy(String function) {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      List<Integer> depths =
          found.depths().stream()
              .filter(depth -> found.comparison(depth, function).verdict() == verdict)
              .toList();
      if (!depths.isEmpty()) {
        parts.add(words(verdict, depths, function));
      }
    }
    return "%s against %s: %s."
        .formatted(
            Say.capital(ActivationNet.word(function)),
            ActivationNet.word(found.baseline()),
            String.join("; ", parts));
  }

  private String words(Verdict verdict, List<Integer> depths, String function) {
    String at = "at depth " + Say.list(depths.stream().map(d -> Integer.toString(d)).toList());
    String points =
        Say.list(
            depths.stream()
                .map(depth -> found.comparison(depth, function))
                .map(one ->
                    "%s ± %s"
                        .formatted(
                            Say.number(Math.abs(one.differences().mean()), 2),
                            Say.number(half(one), 2)))
                .toList());
    DoubleSummaryStatistics p =
        depths.stream()
            .mapToDouble(depth -> found.comparison(depth, function).corrected())
            .summaryStatistics();
    int n = found.arms().getFirst().seeds().size();
    String shown = "by %s points (n = %s, p ≤ %s)".formatted(points, n, Say.number(p.getMax(), 2));
    return switch (verdict) {
      case LARGER -> "better %s, %s".formatted(at, shown);
      case SMALLER -> "worse %s, %s".formatted(at, shown);
      case IDENTICAL -> "the same bits " + at;
      case TOO_FEW_SEEDS -> "not to be told with so few seeds (n = %s) %s".formatted(n, at);
      case NO_DIFFERENCE_SHOWN ->
          "no difference could be shown %s (n = %s, p %s %s)"
              .formatted(at, n, p.getMin() < 1 ? "≥" : "=", Say.number(p.getMin(), 2));
    };
  }

  /** Half the width of the interval: what stands behind ±. */
  private static double half(Comparison one) {
    return (one.interval().high() - one.interval().low()) / 2;
  }

  /** Rates at an end of what was tried, which a wider range might better. */
  private Optional<String> edge() {
    double least = found.rates().stream().mapToDouble(r -> r).min().orElseThrow();
    double most = found.rates().stream().mapToDouble(r -> r).max().orElseThrow();
    List<String> edge =
        found.arms().stream()
            .filter(arm -> arm.rate() == least || arm.rate() == most)
            .map(arm -> "%s (%s)".formatted(arm.net().name(), Say.setting(arm.rate())))
            .toList();
    return edge.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The best rate is at an end of what was tried for %s: a wider range might serve them better."
                .formatted(Say.list(edge)));
  }

  private String gradients() {
    int depth = found.deepest();
    return "Before training, the first of %s hidden layers gets this share of the gradient that the last one gets: %s."
        .formatted(
            depth,
            Say.list(
                found.functions().stream()
                    .map(function ->
                        "%s with %s"
                            .formatted(
                                Say.number(found.arm(depth, function).left(), 2),
                                ActivationNet.word(function)))
                    .toList()));
  }

  private String dead() {
    List<String> parts = new ArrayList<>();
    for (String function : found.functions()) {
      ActivationArm worst = null;
      for (int depth : found.depths()) {
        ActivationArm arm = found.arm(depth, function);
        worst = worst == null || arm.deadest() > worst.deadest() ? arm : worst;
      }
      parts.add(
          worst.deadest() == 0
              ? "%s none at any depth".formatted(ActivationNet.word(function))
              : "%s up to %s of a layer (depth %s)"
                  .formatted(
                      ActivationNet.word(function),
                      Numbers.percent(worst.deadest(), 1),
                      worst.net().depth()));
    }
    return "Dead units after training: %s.".formatted(Say.list(parts));
  }

  /** Whether the baseline's steps are shorter. */
  private String faster(ActivationClock clock) {
    int base = found.place(found.baseline());
    List<String> parts = new ArrayList<>();
    for (String function : found.others()) {
      Median ratio = clock.ratio(found.place(function), base);
      String verdict =
          ratio.interval().contains(1)
              ? "not shown to differ from"
              : ratio.value() > 1 ? "faster than" : "slower than";
      parts.add(
          "%s %s (%s times as long, 95 %%: %s)"
              .formatted(
                  verdict,
                  ActivationNet.word(function),
                  Say.number(ratio.value(), 4),
                  Say.interval(ratio.interval(), 4)));
    }
    Median own = clock.ratio(base, found.functions().size());
    return "A step through %s layers with %s takes %s µs and is %s. Without any function it would take %s of that."
        .formatted(
            clock.depth(),
            ActivationNet.word(found.baseline()),
            Say.number(clock.micros(base).value(), 3),
            Say.list(parts),
            Numbers.percent(Math.min(1, 1 / own.value()), 1));
  }
}
