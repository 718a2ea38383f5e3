package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.lab.statistics.Interval;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series.Point;
import dev.vitrine.report.Series.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether depth helps where activations are linear. */
final class LinearDepth implements Computed {
  private static final double CONFIDENCE = 0.95;

  @Override
  public String name() {
    return "linear-depth";
  }

  /** A network at one rate, over the seeds. */
  private record Arm(String network, int hidden, double rate, List<LinearTraining> seeds) {
    Sample accuracies() {
      return new Sample(seeds.stream().map(one -> 100 * one.accuracy()).toList());
    }

    double chosenBy() {
      return seeds.stream().mapToDouble(LinearTraining::chosenBy).average().orElseThrow();
    }

    double difference() {
      return seeds.stream().mapToDouble(LinearTraining::difference).max().orElseThrow();
    }

    double scale() {
      return seeds.stream().mapToDouble(LinearTraining::scale).max().orElseThrow();
    }
  }

  @Override
  public Report run(Desk desk) {
    int train = desk.counts("images").getFirst();
    StudyImages images = StudyImages.of(desk, train, train / 2);
    List<Arm> arms = new ArrayList<>();
    List<String> networks = desk.words("networks");
    for (int hidden = 0; hidden < networks.size(); hidden++) {
      arms.add(tuned(desk, images, networks.get(hidden)));
    }
    List<Comparison> comparisons =
        Comparison.all(
            arms.subList(1, arms.size()).stream()
                .map(arm ->
                    new Comparison.Pair(arm.accuracies(), arms.getFirst().accuracies(), false))
                .toList(),
            Comparison.USUAL_LEVEL);
    return new Report(
        name(),
        "Depth without activation functions",
        "Does depth help a network whose activations are linear?",
        conclusions(desk, arms, comparisons),
        List.of(
            Report.Section.of(
                "Accuracy",
                new Block.Text(
                    "%s Each network has the rate at which it is best, in the mean over %s seeds, on the first half of what is held out; accuracies are of the second half. Seeds pair the networks: the same order of examples."
                        .formatted(images.origin(), arms.getFirst().seeds.size())),
                figure(arms),
                table(arms, comparisons)),
            Report.Section.of("One matrix", collapsed(arms)),
            Report.Section.of("The documents", reported(arms))),
        Map.of());
  }

  private static Arm tuned(Desk desk, StudyImages images, String network) {
    List<Arm> tried = new ArrayList<>();
    for (double rate : desk.numbers("rates")) {
      desk.progress().accept("%s at η = %s".formatted(network, Say.setting(rate)));
      List<LinearTraining> seeds =
          desk.counts("seeds").stream()
              .map(seed -> LinearTraining.of(desk, images, network, rate, seed))
              .toList();
      tried.add(new Arm(network, hidden(network), rate, seeds));
    }
    return tried.stream().max(Comparator.comparingDouble(Arm::chosenBy)).orElseThrow();
  }

  private static int hidden(String network) {
    Matcher times = Pattern.compile("mlp-(\\d+)x.*").matcher(network);
    return times.matches() ? Integer.parseInt(times.group(1)) : network.startsWith("mlp-") ? 1 : 0;
  }

  private static List<String> conclusions(Desk desk, List<Arm> arms, List<Comparison> comparisons) {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      Comparison one = comparisons.get(i);
      String what =
          switch (one.verdict()) {
            case LARGER -> "better than none";
            case SMALLER -> "worse than none";
            case IDENTICAL -> "the same as none, bit for bit";
            case TOO_FEW_SEEDS -> "not to be told from none with so few seeds";
            case NO_DIFFERENCE_SHOWN -> "not shown to differ from none";
          };
      int hidden = arms.get(i + 1).hidden;
      said.add(
          "%s hidden linear %s %s: %s points (95 %%: %s), n = %s, p = %s after Holm's correction."
              .formatted(
                  hidden,
                  hidden == 1 ? "layer is" : "layers are",
                  what,
                  Say.number(one.differences().mean(), 2),
                  Say.interval(one.interval(), 2),
                  one.differences().size(),
                  Say.number(one.corrected(), 2)));
    }
    double most = desk.numbers("rates").stream().mapToDouble(rate -> rate).max().orElseThrow();
    List<String> edge = arms.stream().filter(arm -> arm.rate == most).map(Arm::network).toList();
    if (!edge.isEmpty()) {
      said.add(
          "The largest rate tried, %s, is the best for %s: a wider range might serve better, and a stack moves faster than one layer at the same rate, so a difference may be one of speed."
              .formatted(Say.setting(most), Say.list(edge)));
    }
    Arm worst = arms.stream().max(Comparator.comparingDouble(Arm::difference)).orElseThrow();
    said.add(
        "Every trained stack is one matrix: outputs of up to %s differ from those of W = Wₙ⋯W₁ by at most %s, what single precision leaves."
            .formatted(Say.number(worst.scale(), 3), Say.number(worst.difference(), 2)));
    return said;
  }

  private static Figure figure(List<Arm> arms) {
    List<Point> points = new ArrayList<>();
    List<Range> ranges = new ArrayList<>();
    for (Arm arm : arms) {
      Sample sample = arm.accuracies();
      Interval interval = Interval.ofMean(sample, CONFIDENCE);
      points.add(new Point(arm.hidden, sample.mean()));
      ranges.add(new Range(arm.hidden, interval.low(), interval.high()));
    }
    return new Figure(
        "accuracy",
        "Held accuracy by hidden linear layers: the mean over seeds and its 95 % interval",
        Figure.Scale.linear("hidden layers"),
        Figure.Scale.linear("%"),
        List.of(new Figure.Line("mean", points, ranges, true)));
  }

  private static Grid table(List<Arm> arms, List<Comparison> comparisons) {
    Grid grid =
        Grid.of(
            "accuracies",
            "Held accuracy, mean ± deviation over seeds, and the paired difference from no hidden layer",
            "network",
            "parameters",
            "η",
            "accuracy, %",
            "difference",
            "95 % interval",
            "p (Holm)");
    for (int i = 0; i < arms.size(); i++) {
      Arm arm = arms.get(i);
      Comparison one = i == 0 ? null : comparisons.get(i - 1);
      grid =
          grid.row(
              arm.network,
              Numbers.count(arm.seeds.getFirst().parameters()),
              Say.setting(arm.rate),
              Say.mean(arm.accuracies()),
              one == null ? "" : Say.number(one.differences().mean(), 2),
              one == null ? "" : Say.interval(one.interval(), 2),
              one == null ? "" : Say.number(one.corrected(), 2));
    }
    return grid;
  }

  private static Grid collapsed(List<Arm> arms) {
    Grid grid =
        Grid.of(
            "collapsed",
            "The network's outputs in single precision against W = Wₙ⋯W₁, b = bₙ + Wₙbₙ₋₁ + …, multiplied in double: the largest over 200 held images and all seeds",
            "network",
            "largest output",
            "largest difference",
            "relative");
    for (Arm arm : arms) {
      grid =
          grid.row(
              arm.network,
              Say.number(arm.scale(), 3),
              Say.number(arm.difference(), 2),
              Say.number(arm.difference() / arm.scale(), 2));
    }
    return grid;
  }

  private static Grid reported(List<Arm> arms) {
    double relative =
        arms.stream().mapToDouble(a -> a.difference() / a.scale()).max().orElseThrow();
    return Grid.of(
            "reported",
            "What the documents' facts have beside what was found",
            "claim",
            "reported",
            "found")
        .row(
            "a stack of linear layers equals one",
            "W = Wₙ⋯W₁",
            "to %s of the outputs".formatted(Say.number(relative, 2)));
  }
}
