package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Picture;
import dev.vitrine.lab.report.Report;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which momenta converge, on a parabola and in a network. */
final class MomentumLimits implements Computed {
  private static final int STEPS = 6_000;

  /** Where roots are complex, (w, v) turns: enough rounds for five digits. */
  private static final int RATE_STEPS = 100_000;

  private static final int SHOWN = 60;

  @Override
  public String name() {
    return "momentum-limits";
  }

  @Override
  public Report run(Desk desk) {
    double etaH = desk.numbers("curvature").getFirst();
    desk.progress().accept("measuring the map");
    StabilityMap map = new StabilityMap(desk.counts("cells").getFirst(), STEPS);
    StudyImages images =
        StudyImages.of(
            desk, desk.counts("images").getFirst(), desk.counts("images").getFirst() / 5);
    List<MomentumTraining> trained = new ArrayList<>();
    for (double mu : desk.numbers("trained")) {
      desk.progress().accept("training with μ = " + Say.setting(mu));
      trained.add(MomentumTraining.of(desk, images, mu));
    }
    return new Report(
        name(),
        "The limits of momentum",
        "For which μ from −1.1 to 1.1 does gradient descent converge, on a parabola and in a network?",
        conclusions(desk, etaH, map, trained),
        List.of(
            Report.Section.of(
                "A parabola",
                trajectories(
                    "positive",
                    "w from 1 at ηh = %s, μ ≥ 0".formatted(Say.setting(etaH)),
                    etaH,
                    desk.numbers("momenta").stream().filter(mu -> mu >= 0).toList()),
                trajectories(
                    "negative",
                    "The same, μ < 0",
                    etaH,
                    desk.numbers("momenta").stream().filter(mu -> mu < 0).toList()),
                rates(desk, etaH)),
            Report.Section.of(
                "The limit",
                new Block.Text(
                    "Each cell is a pair (μ, ηh) whose rate was measured over %s steps; the line is |μ| < 1 and 0 < ηh < 2(1 + μ)."
                        .formatted(Numbers.count(STEPS))),
                new Picture("map", "What converges on a parabola", map.drawing(), 640)),
            Report.Section.of(
                "A network",
                new Block.Text(
                    "%s Network %s, SGD at η = %s, batches of %s, %s epochs."
                        .formatted(
                            images.origin(),
                            desk.words("network").getFirst(),
                            Say.setting(desk.numbers("rate").getFirst()),
                            desk.counts("batch").getFirst(),
                            desk.counts("epochs").getFirst())),
                losses(trained),
                table(trained),
                causes(trained)),
            Report.Section.of("The documents", reported())),
        Map.of());
  }

  private static List<String> conclusions(
      Desk desk, double etaH, StabilityMap map, List<MomentumTraining> trained) {
    List<String> said = new ArrayList<>();
    said.add(
        "On a parabola the rule |μ| < 1 and 0 < ηh < 2(1 + μ) foretells %s of %s measured pairs, %s; %s are too near to it for %s steps to tell."
            .formatted(
                map.agreeing(),
                map.size() - map.border(),
                map.wrong() == 0 ? "all of them" : map.wrong() + " wrongly",
                map.border(),
                Numbers.count(STEPS)));
    double best =
        desk.numbers("momenta").stream()
            .min((a, b) ->
                Double.compare(HeavyBall.predictedRate(a, etaH), HeavyBall.predictedRate(b, etaH)))
            .orElseThrow();
    said.add(
        "At ηh = %s the fastest of the momenta tried is %s: an error shrinks to %s of itself in a step, without momentum to %s."
            .formatted(
                Say.setting(etaH),
                Say.setting(best),
                Say.number(HeavyBall.measuredRate(best, etaH, RATE_STEPS), 4),
                Say.number(HeavyBall.measuredRate(0, etaH, RATE_STEPS), 4)));
    List<Double> path = HeavyBall.path(-0.5, etaH, 2);
    double first = path.get(1) - path.get(0);
    double kept = path.get(2) - path.get(1) + etaH * path.get(1);
    said.add(
        "A momentum of −0.5 takes back %s of the step before: it brakes, where a positive one adds to the step."
            .formatted(Numbers.percent(-kept / first, 0)));
    List<Double> lost =
        trained.stream().filter(MomentumTraining::diverges).map(MomentumTraining::mu).toList();
    said.add(
        lost.isEmpty()
            ? "In the network none of the momenta tried diverged."
            : "In the network μ = %s diverges.".formatted(Say.settings(lost)));
    trained.stream()
        .filter(one -> !one.diverges())
        .max((a, b) -> Double.compare(a.accuracy(), b.accuracy()))
        .ifPresent(one ->
            said.add(
                "The network learns best with μ = %s: %s of held images right."
                    .formatted(Say.setting(one.mu()), Numbers.percent(one.accuracy(), 2))));
    return said;
  }

  private static Figure trajectories(String id, String caption, double etaH, List<Double> momenta) {
    List<Figure.Line> lines = new ArrayList<>();
    for (double mu : momenta) {
      List<Point> points = new ArrayList<>();
      List<Double> path = HeavyBall.path(mu, etaH, SHOWN);
      for (int step = 0; step <= SHOWN; step++) {
        double w = path.get(step);
        points.add(new Point(step, Math.abs(w) <= 4 ? w : Double.POSITIVE_INFINITY));
      }
      lines.add(Figure.Line.of("μ " + Say.setting(mu), points));
    }
    return new Figure(id, caption, Figure.Scale.linear("step"), Figure.Scale.linear("w"), lines);
  }

  private static Grid rates(Desk desk, double etaH) {
    Grid grid =
        Grid.of(
            "rates",
            "By what an error is multiplied in a step at ηh = %s, measured over %s steps and predicted by the larger root of z² − (1 + μ − ηh)z + μ"
                .formatted(Say.setting(etaH), Numbers.count(RATE_STEPS)),
            "μ",
            "measured",
            "predicted",
            "largest ηh",
            "so it");
    for (double mu : desk.numbers("momenta")) {
      double measured = HeavyBall.measuredRate(mu, etaH, RATE_STEPS);
      grid =
          grid.row(
              Say.setting(mu),
              Say.number(measured, 5),
              Say.number(HeavyBall.predictedRate(mu, etaH), 5),
              Math.abs(mu) < 1 ? Say.number(2 * (1 + mu), 4) : "none",
              switch (HeavyBall.Fate.of(measured)) {
                case CONVERGES -> "converges";
                case DIVERGES -> "diverges";
                case BORDER -> "stays on the border";
              });
    }
    return grid;
  }

  private static Figure losses(List<MomentumTraining> trained) {
    return new Figure(
        "losses",
        "Training loss, means over 20 steps; a line that leaves the picture diverges",
        Figure.Scale.linear("step"),
        Figure.Scale.log("loss"),
        trained.stream()
            .map(one -> Figure.Line.of("μ " + Say.setting(one.mu()), shown(one.loss())))
            .toList());
  }

  /** What has grown beyond ten would hide the rest. */
  private static List<Point> shown(List<Point> losses) {
    return losses.stream()
        .map(p -> p.y() <= 10 ? p : new Point(p.x(), Double.POSITIVE_INFINITY))
        .toList();
  }

  private static Block.Text causes(List<MomentumTraining> trained) {
    List<String> said =
        trained.stream()
            .filter(one -> !one.cause().isEmpty())
            .map(one -> "μ = %s: %s.".formatted(Say.setting(one.mu()), one.cause()))
            .toList();
    return new Block.Text(said.isEmpty() ? "No training ended early." : String.join(" ", said));
  }

  private static Grid table(List<MomentumTraining> trained) {
    Grid grid =
        Grid.of(
            "trained",
            "The network with each momentum, one seed",
            "μ",
            "held accuracy, %",
            "last loss",
            "verdict");
    for (MomentumTraining one : trained) {
      grid =
          grid.row(
              Say.setting(one.mu()),
              Double.isNaN(one.accuracy()) ? "–" : Numbers.percentDigits(one.accuracy(), 2),
              Say.number(one.loss().getLast().y(), 3),
              one.verdict());
    }
    return grid;
  }

  private static Grid reported() {
    Grid grid =
        Grid.of(
            "reported",
            "What the documents' facts have beside what was found: rates at ηh = 0.1",
            "μ",
            "reported",
            "found");
    double[][] known = {{-0.5, 0.9348}, {0, 0.9}, {0.5, 0.7071}, {1.05, 1.0247}};
    for (double[] one : known) {
      grid =
          grid.row(
              Say.setting(one[0]),
              Say.setting(one[1]),
              Say.number(HeavyBall.measuredRate(one[0], 0.1, RATE_STEPS), 5));
    }
    return grid;
  }
}
