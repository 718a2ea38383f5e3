package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;

/** Gradient descent on its own settings. */
final class LearnedRate implements Computed {
  /** A difference of accuracy that is worth a choice. */
  private static final double WORTH = 0.01;

  @Override
  public String name() {
    return "learned-rate";
  }

  /** A training from a rate, with the hypergradient's own. */
  private record Arm(double start, double beta, HyperRun run) {
    String name() {
      return beta == 0
          ? "η " + Say.setting(start)
          : "η₀ %s, β %s".formatted(Say.setting(start), Say.setting(beta));
    }
  }

  @Override
  public Report run(Desk desk) {
    int n = desk.counts("images").getFirst();
    StudyImages images = StudyImages.of(desk, n, n / 4);
    List<Arm> grid = new ArrayList<>();
    desk.numbers("grid").forEach(eta -> grid.add(arm(desk, images, eta, 0)));
    List<Arm> learned = new ArrayList<>();
    for (double start : desk.numbers("starts")) {
      desk.numbers("hyper-rates").forEach(beta -> learned.add(arm(desk, images, start, beta)));
    }
    HyperRun free = decay(desk, images, false);
    HyperRun held = decay(desk, images, true);
    return new Report(
        name(),
        "Settings that learn themselves",
        "Can gradient descent find its own learning rate and its own λ?",
        conclusions(grid, learned, free, held),
        List.of(
            Report.Section.of(
                "The rate",
                new Block.Text(
                    "%s Network %s, plain gradient descent, batches of %s, %s epochs, one seed. The hypergradient (Baydin et al., 2018) moves the rate by η ← η + β g·g′, g′ being the gradient of the step before."
                        .formatted(
                            images.origin(),
                            desk.words("network").getFirst(),
                            desk.counts("batch").getFirst(),
                            desk.counts("epochs").getFirst())),
                figure(learned),
                table(grid, learned)),
            Report.Section.of(
                "λ",
                new Block.Text(
                    "C = C₀ + λ/2n Σw², so ∂C/∂λ = Σw²/2n, which no data can make negative. Shown is λ/n, from %s, moved by %s times its slope after each step."
                        .formatted(
                            Say.setting(desk.numbers("decay").getFirst()),
                            Say.setting(desk.numbers("decay-rate").getFirst()))),
                pair("lambda", "λ/n after each step", "λ/n", free.settings(), held.settings()),
                pair("squares", "Σw² after each step", "Σw²", free.squares(), held.squares())),
            Report.Section.of("The documents", reported(free, held))),
        Map.of());
  }

  private static Arm arm(Desk desk, StudyImages images, double start, double beta) {
    desk.progress().accept("η from %s, β = %s".formatted(Say.setting(start), Say.setting(beta)));
    return new Arm(start, beta, HyperRun.of(desk, images, new LearnedRules.Rate(start, beta)));
  }

  private static HyperRun decay(Desk desk, StudyImages images, boolean held) {
    desk.progress().accept(held ? "λ held at 0 or above" : "λ free");
    return HyperRun.of(
        desk,
        images,
        new LearnedRules.Decay(
            desk.numbers("decay-learning-rate").getFirst(),
            desk.numbers("decay").getFirst(),
            desk.numbers("decay-rate").getFirst(),
            held));
  }

  private static List<String> conclusions(
      List<Arm> grid, List<Arm> learned, HyperRun free, HyperRun held) {
    List<String> said = new ArrayList<>();
    Arm best = best(grid);
    Arm found = best(learned);
    said.add(
        "The best of the grid, η = %s, gets %s of held images right; the best hypergradient (%s) %s, its rate ending at %s."
            .formatted(
                Say.setting(best.start),
                Numbers.percent(best.run.accuracy(), 2),
                found.name(),
                Numbers.percent(found.run.accuracy(), 2),
                Say.number(found.run.last(), 3)));
    for (double start : learned.stream().map(Arm::start).distinct().toList()) {
      List<Arm> arms = learned.stream().filter(arm -> arm.start == start).toList();
      said.add(
          "From η₀ = %s: %s. Between the rates β lie %s points, so that %s."
              .formatted(
                  Say.setting(start),
                  Say.list(
                      arms.stream()
                          .map(arm ->
                              "β = %s ends at η = %s with %s"
                                  .formatted(
                                      Say.setting(arm.beta),
                                      Say.number(arm.run.last(), 3),
                                      accuracy(arm.run)))
                          .toList()),
                  Say.number(100 * spread(arms), 2),
                  spread(arms) > WORTH
                      ? "a rate has still to be chosen, one floor up"
                      : "it matters little which is chosen"));
    }
    double least =
        free.squares().stream().mapToDouble(Point::y).filter(Double::isFinite).min().orElse(0);
    said.add(
        "∂C/∂λ is Σw²/2n and was never below %s/2n: λ, left free, %s."
            .formatted(Say.number(least, 3), fall(free)));
    said.add(
        "Held at 0 or above, λ %s; the network then gets %s right, the free one %s."
            .formatted(stop(held), accuracy(held), accuracy(free)));
    return said;
  }

  private static String accuracy(HyperRun run) {
    return run.diverged() ? "nothing: it diverges" : Numbers.percent(run.accuracy(), 2);
  }

  /** From the worst of them to the best; all of it if one diverges. */
  private static double spread(List<Arm> arms) {
    DoubleSummaryStatistics all =
        arms.stream()
            .mapToDouble(arm -> arm.run.diverged() ? 0 : arm.run.accuracy())
            .summaryStatistics();
    return all.getMax() - all.getMin();
  }

  private static Arm best(List<Arm> arms) {
    return arms.stream()
        .max(Comparator.comparingDouble(arm -> arm.run.diverged() ? -1 : arm.run.accuracy()))
        .orElseThrow();
  }

  private static String fall(HyperRun run) {
    long below =
        run.settings().stream()
            .filter(p -> p.y() < 0)
            .findFirst()
            .map(p -> (long) p.x())
            .orElse(0L);
    return below == 0
        ? "does not reach 0 in these steps"
        : "falls through 0 at step %s and is at %s n at step %s, with Σw² %s times what it was there"
            .formatted(
                below,
                Say.number(run.last(), 2),
                (long) run.settings().getLast().x(),
                Say.number(
                    run.squares().getLast().y() / run.squares().get((int) below - 1).y(), 2));
  }

  private static String stop(HyperRun run) {
    return run.settings().stream()
        .filter(p -> p.y() == 0)
        .findFirst()
        .map(p -> "stays at 0 from step %s on: no L2 is what minimises C".formatted((long) p.x()))
        .orElse("does not reach 0 in these steps");
  }

  private static Figure figure(List<Arm> learned) {
    return new Figure(
        "rates",
        "The learned rate after each step",
        Figure.Scale.linear("step"),
        Figure.Scale.log("η"),
        learned.stream()
            .map(arm -> Figure.Line.of(arm.name(), thinned(arm.run.settings())))
            .toList());
  }

  private static Figure pair(
      String id, String caption, String y, List<Point> free, List<Point> held) {
    double most = 5 * held.stream().mapToDouble(Point::y).max().orElse(1);
    return new Figure(
        id,
        caption,
        Figure.Scale.linear("step"),
        Figure.Scale.linear(y),
        List.of(
            Figure.Line.of("free", thinned(below(free, most))),
            Figure.Line.of("held ≥ 0", thinned(held))));
  }

  /** What has grown beyond that would hide the rest. */
  private static List<Point> below(List<Point> points, double most) {
    return points.stream().filter(p -> Math.abs(p.y()) <= most).toList();
  }

  private static List<Point> thinned(List<Point> points) {
    int every = Math.max(1, points.size() / 200);
    List<Point> some = new ArrayList<>();
    for (int i = 0; i < points.size(); i += every) {
      some.add(points.get(i));
    }
    return some;
  }

  private static Grid table(List<Arm> grid, List<Arm> learned) {
    Grid table =
        Grid.of(
            "trainings",
            "A grid of fixed rates, and the hypergradient at three rates of its own (one seed)",
            "training",
            "η at the end",
            "last loss",
            "held accuracy, %");
    List<Arm> all = new ArrayList<>(grid);
    all.addAll(learned);
    for (Arm arm : all) {
      table =
          table.row(
              arm.name(),
              Say.number(arm.run.last(), 3),
              Say.number(arm.run.losses().getLast().y(), 3),
              arm.run.diverged() ? "diverges" : Numbers.percentDigits(arm.run.accuracy(), 2));
    }
    return table;
  }

  private static Grid reported(HyperRun free, HyperRun held) {
    return Grid.of(
            "reported",
            "What the documents' facts have beside what was found",
            "claim",
            "reported",
            "found")
        .row("∂C/∂λ", "Σw²/2n > 0", fall(free).split(" and ", 2)[0])
        .row("λ held ≥ 0", "needed", stop(held).split(":", 2)[0]);
  }
}
