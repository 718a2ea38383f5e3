package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report;
import dev.vitrine.nn.Initializer;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What L2 makes of weights, epoch by epoch. */
final class WeightDecay implements Computed {
  private static final double MET = 0.05;
  private static final int INPUTS = 784;

  @Override
  public String name() {
    return "weight-decay";
  }

  /** {@code (1 − ηλ/n)^(n/m)}: what an epoch leaves of a weight without a gradient. */
  static double exactFactor(double rate, double lambda, long images, int batch) {
    return Math.pow(1 - rate * lambda / images, (double) images / batch);
  }

  /** What the factor is nearly. */
  static double usualFactor(double rate, double lambda, int batch) {
    return Math.exp(-rate * lambda / batch);
  }

  /** What is compared. */
  private record Both(DecayTrace wide, DecayTrace scaled, double factor) {
    /** The first epoch after which the deviations are within 5 % of each other; 0 if none. */
    int meet() {
      for (int epoch = 1; epoch < wide.deviations().size(); epoch++) {
        double ratio = wide.deviations().get(epoch) / scaled.deviations().get(epoch);
        if (Math.abs(ratio - 1) <= MET) {
          return epoch;
        }
      }
      return 0;
    }
  }

  @Override
  public Report run(Desk desk) {
    int n = desk.counts("images").getFirst();
    StudyImages images = StudyImages.of(desk, n, n / 5);
    double rate = desk.numbers("rate").getFirst();
    double lambda = desk.numbers("lambda").getFirst();
    int m = desk.counts("batch").getFirst();
    Both both =
        new Both(
            DecayTrace.of(desk, images, "N(0, 1)", Initializer.normal(1), lambda / n),
            DecayTrace.of(desk, images, "N(0, 1/n_in)", Initializer.leCunNormal(), lambda / n),
            exactFactor(rate, lambda, n, m));
    return new Report(
        name(),
        "Weight decay, epoch by epoch",
        "Does weight decay shrink weights by exp(−ηλ/m) an epoch, where does it tail off, and do different starts meet?",
        conclusions(both),
        List.of(
            Report.Section.of(
                "Size",
                new Block.Text(
                    "%s Network %s; η = %s, batches of m = %s, λ = %s over all n = %s images, which is %s a step (our rate is λ/n). Measured are the first layer's weights; biases do not decay."
                        .formatted(
                            images.origin(),
                            desk.words("network").getFirst(),
                            Say.setting(rate),
                            m,
                            Say.setting(lambda),
                            Numbers.count(n),
                            Say.setting(lambda / n))),
                sizes(both)),
            Report.Section.of("Shares", shares(both)),
            Report.Section.of("Epochs", table(both)),
            Report.Section.of("The documents", reported(both))),
        Map.of());
  }

  private static List<String> conclusions(Both both) {
    List<String> said = new ArrayList<>();
    DecayTrace wide = both.wide;
    said.add(
        "Weights that no gradient reaches, those of pixels that are 0 in every image, shrink to %s of themselves an epoch; predicted is (1 − ηλ/n)^(n/m) = %s."
            .formatted(Say.number(wide.unlitFactor(), 6), Say.number(both.factor, 6)));
    int tail = wide.tailsOff(both.factor);
    said.add(
        "All weights of the first layer, from N(0, 1), shrink to %s of themselves in the first epoch, and %s."
            .formatted(
                Say.number(wide.factor(1), 4),
                tail == 0
                    ? "go on so to the end"
                    : "from epoch %s on less than half as much as predicted".formatted(tail)));
    int meet = both.meet();
    double end = wide.deviations().getLast();
    said.add(
        meet == 0
            ? "The deviations from the two starts do not come within 5 %% of each other in these epochs: they end at %s and %s."
                .formatted(Say.number(end, 3), Say.number(both.scaled.deviations().getLast(), 3))
            : "The deviations from the two starts are within 5 %% of each other after epoch %s."
                .formatted(meet));
    said.add(
        "From N(0, 1) it ends at %s, which is %s times 1/√n_in = %s."
            .formatted(
                Say.number(end, 3),
                Say.number(end * Math.sqrt(INPUTS), 2),
                Say.number(1 / Math.sqrt(INPUTS), 3)));
    List<String> most = new ArrayList<>();
    for (int epoch = 1; epoch <= wide.netShares().size(); epoch++) {
      if (wide.netShares().get(epoch - 1) > 0.5) {
        most.add(Integer.toString(epoch));
      }
    }
    said.add(
        "From N(0, 1) decay is %s of what moved the weights in the first epoch and %s in the last; it is more than half in %s. Of single steps it is %s at first, since gradients of different batches cancel and decay does not."
            .formatted(
                Numbers.percent(wide.netShares().getFirst(), 0),
                Numbers.percent(wide.netShares().getLast(), 0),
                most.isEmpty() ? "no epoch" : "epochs " + Say.list(most),
                Numbers.percent(wide.stepShares().getFirst(), 0)));
    said.add(
        "From N(0, 1/n_in) it is %s of the first epoch. Held images right at the end: %s and %s."
            .formatted(
                Numbers.percent(both.scaled.netShares().getFirst(), 0),
                Numbers.percent(wide.accuracy(), 2),
                Numbers.percent(both.scaled.accuracy(), 2)));
    return said;
  }

  private static Figure sizes(Both both) {
    List<Point> predicted = new ArrayList<>();
    double size = both.wide.deviations().getFirst();
    for (int epoch = 0; epoch < both.wide.deviations().size(); epoch++) {
      predicted.add(new Point(epoch, size * Math.pow(both.factor, epoch)));
    }
    return new Figure(
        "sizes",
        "Root mean square of the first layer's weights after each epoch",
        Figure.Scale.linear("epoch"),
        Figure.Scale.log("size"),
        List.of(
            Figure.Line.of("from N(0, 1)", points(both.wide.deviations(), 0)),
            Figure.Line.of("predicted", predicted),
            Figure.Line.of("from N(0, 1/n_in)", points(both.scaled.deviations(), 0)),
            Figure.Line.scattered("dark pixels", points(both.wide.unlit(), 0))));
  }

  private static Figure shares(Both both) {
    return new Figure(
        "shares",
        "Decay's share of what moves the weights: of an epoch's sum, and of its single steps",
        Figure.Scale.linear("epoch"),
        Figure.Scale.linear("share"),
        List.of(
            Figure.Line.of("N(0, 1), epoch", points(both.wide.netShares(), 1)),
            Figure.Line.of("N(0, 1), steps", points(both.wide.stepShares(), 1)),
            Figure.Line.of("N(0, 1/n), epoch", points(both.scaled.netShares(), 1)),
            Figure.Line.of("N(0, 1/n), steps", points(both.scaled.stepShares(), 1))));
  }

  private static List<Point> points(List<Double> values, int from) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(new Point(from + i, values.get(i)));
    }
    return points;
  }

  private static Grid table(Both both) {
    Grid grid =
        Grid.of(
            "epochs",
            "Sizes after each epoch, the factor of the epoch (predicted: %s), and decay's share of the epoch"
                .formatted(Say.number(both.factor, 5)),
            "epoch",
            "N(0, 1)",
            "factor",
            "dark pixels",
            "share",
            "N(0, 1/n_in)",
            "share ");
    for (int epoch = 1; epoch < both.wide.deviations().size(); epoch++) {
      grid =
          grid.row(
              Integer.toString(epoch),
              Say.number(both.wide.deviations().get(epoch), 4),
              Say.number(both.wide.factor(epoch), 4),
              Say.number(both.wide.unlit().get(epoch), 4),
              Numbers.percent(both.wide.netShares().get(epoch - 1), 1),
              Say.number(both.scaled.deviations().get(epoch), 4),
              Numbers.percent(both.scaled.netShares().get(epoch - 1), 1));
    }
    return grid;
  }

  private static Grid reported(Both both) {
    return Grid.of(
            "reported",
            "What the documents reported beside what was found, η 0.5, λ 5, n 50,000, m 10",
            "quantity",
            "reported",
            "found")
        .row("(1 − ηλ/n)^(n/m)", "0.7787959", Say.number(exactFactor(0.5, 5, 50_000, 10), 7))
        .row("exp(−ηλ/m)", "0.7788008", Say.number(usualFactor(0.5, 5, 10), 7))
        .row("measured here without a gradient", "", Say.number(both.wide.unlitFactor(), 7))
        .row("our rate", "λ/n", "λ/n: λ = n · our rate");
  }
}
