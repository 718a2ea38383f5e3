package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.lab.statistics.Interval;
import dev.vitrine.lab.statistics.Median;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series.Point;
import dev.vitrine.report.Series.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tables and charts of the study of activation functions. */
record ActivationTables(ActivationFindings found) {
  private static final double CONFIDENCE = 0.95;

  Figure curves() {
    List<Figure.Line> lines = new ArrayList<>();
    for (String function : found.functions()) {
      List<Point> points = new ArrayList<>();
      List<Range> ranges = new ArrayList<>();
      for (int depth : found.depths()) {
        Sample sample = found.arm(depth, function).accuracies();
        Interval interval = Interval.ofMean(sample, CONFIDENCE);
        points.add(new Point(depth, sample.mean()));
        ranges.add(new Range(depth, Math.max(0, interval.low()), Math.min(100, interval.high())));
      }
      lines.add(new Figure.Line(ActivationNet.word(function), points, ranges, true));
    }
    return new Figure(
        "accuracy",
        "Held accuracy by depth: the mean over seeds and its 95 % interval",
        Figure.Scale.linear("hidden layers"),
        Figure.Scale.linear("%"),
        lines);
  }

  Grid accuracies() {
    Grid grid =
        Grid.of(
            "accuracies",
            "Held accuracy, mean ± deviation over seeds, and the paired difference from %s at the same depth; p of the exact sign-flip test, by Holm's correction over all rows"
                .formatted(ActivationNet.word(found.baseline())),
            "network",
            "η",
            "accuracy, %",
            "diverged",
            "difference",
            "95 % interval",
            "p (Holm)");
    for (int i = 0; i < found.arms().size(); i++) {
      ActivationArm arm = found.arms().get(i);
      Optional<Comparison> one = found.comparisons().get(i);
      grid =
          grid.row(
              arm.net().name(),
              Say.setting(arm.rate()),
              Say.mean(arm.accuracies()),
              Long.toString(arm.diverged()),
              one.map(it -> Say.number(it.differences().mean(), 2)).orElse(""),
              one.map(it -> Say.interval(it.interval(), 2)).orElse(""),
              one.map(it -> Say.number(it.corrected(), 2)).orElse(""));
    }
    return grid;
  }

  /** A chart for each depth. */
  List<Figure> norms() {
    return found.depths().stream()
        .map(depth ->
            new Figure(
                "gradients" + depth,
                "Gradient norm by layer, %s hidden layers".formatted(depth),
                Figure.Scale.linear("layer"),
                Figure.Scale.log("norm"),
                found.functions().stream()
                    .map(function ->
                        line(ActivationNet.word(function), found.arm(depth, function).norms()))
                    .toList()))
        .toList();
  }

  private static Figure.Line line(String name, List<Double> values) {
    List<Point> points = new ArrayList<>();
    for (int layer = 0; layer < values.size(); layer++) {
      points.add(new Point(layer + 1, values.get(layer)));
    }
    return Figure.Line.of(name, points);
  }

  Grid factors() {
    return byDepth(
        "factors",
        "The mean factor of the gradient from a layer to the one before it, by depth",
        arm -> Say.number(arm.factor(), 2));
  }

  Grid dead() {
    return byDepth(
        "dead",
        "Dead units of the layer with most of them, %, the mean over seeds, by depth",
        arm -> Numbers.percentDigits(arm.deadest(), 1));
  }

  private Grid byDepth(String id, String caption, Function<ActivationArm, String> cell) {
    List<String> heads = new ArrayList<>(List.of("function"));
    found.depths().forEach(depth -> heads.add(depth + " layers"));
    Grid grid = new Grid(id, caption, heads, List.of());
    for (String function : found.functions()) {
      List<String> row = new ArrayList<>(List.of(ActivationNet.word(function)));
      found.depths().forEach(depth -> row.add(cell.apply(found.arm(depth, function))));
      grid = grid.row(row);
    }
    return grid;
  }

  Figure deadByLayer() {
    int depth = found.deepest();
    List<Figure.Line> lines = new ArrayList<>();
    for (String function : found.functions()) {
      ActivationArm arm = found.arm(depth, function);
      List<Double> shares = new ArrayList<>();
      for (int layer = 0; layer < depth; layer++) {
        shares.add(100 * arm.dead(layer));
      }
      lines.add(line(ActivationNet.word(function), shares));
    }
    return new Figure(
        "dead",
        "Dead units by layer, %s hidden layers: the mean over seeds".formatted(depth),
        Figure.Scale.linear("layer"),
        Figure.Scale.linear("%"),
        lines);
  }

  Grid times() {
    Grid grid =
        Grid.of(
            "times",
            "A training step: median, and how many times as long it takes as one of %s"
                .formatted(ActivationNet.word(found.baseline())),
            "network",
            "µs a step",
            "95 % interval",
            "times " + ActivationNet.word(found.baseline()),
            "95 % of that",
            "rounds");
    List<String> names = new ArrayList<>(found.functions());
    names.add(ActivationNet.NONE);
    for (ActivationClock clock : found.clocks()) {
      for (int i = 0; i < names.size(); i++) {
        Median micros = clock.micros(i);
        Median ratio = clock.ratio(i, found.place(found.baseline()));
        grid =
            grid.row(
                "%s layers, %s".formatted(clock.depth(), ActivationNet.word(names.get(i))),
                Say.number(micros.value(), 3),
                Say.interval(micros.interval(), 3),
                Say.number(ratio.value(), 4),
                Say.interval(ratio.interval(), 4),
                Integer.toString(clock.rounds().size()));
      }
    }
    return grid;
  }

  Grid reported() {
    Grid grid =
        Grid.of(
            "reported",
            "What the documents have beside what was found",
            "claim",
            "reported",
            "found");
    ActivationClock clock = found.clocks().getLast();
    for (String function : found.others()) {
      Median ratio = clock.ratio(found.place(function), found.place(found.baseline()));
      grid =
          grid.row(
              "a step with %s is faster than with %s"
                  .formatted(ActivationNet.word(found.baseline()), ActivationNet.word(function)),
              "yes",
              "%s times as long (%s)"
                  .formatted(Say.number(ratio.value(), 4), Say.interval(ratio.interval(), 4)));
    }
    for (String function : found.functions()) {
      grid =
          grid.row(
              "the gradient vanishes through %s layers of %s"
                  .formatted(clock.depth(), ActivationNet.word(function)),
              function.equals("sigmoid") ? "yes: σ′ ≤ ¼" : "",
              "%s of it is left"
                  .formatted(Say.number(found.arm(found.deepest(), function).left(), 2)));
    }
    return grid;
  }
}
