package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Picture;
import dev.vitrine.lab.report.Report;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A plane through points: the closed form against least mean squares at several rates. */
final class Lms implements Computed {
  static final double NEAR = 1.1;
  private static final int SHOWN = 40;

  @Override
  public String name() {
    return "lms";
  }

  /** What one rate came to. */
  record Arm(double rate, List<Double> errors, double[] w, double radius, OptionalInt near) {
    boolean diverges() {
      return radius > 1;
    }
  }

  @Override
  public Report run(Desk desk) {
    LmsData data = LmsData.of(desk);
    LeastSquares plane = new LeastSquares(data.x(), data.d());
    int epochs = desk.counts("epochs").getFirst();
    int most = desk.counts("most").getFirst();
    List<Arm> arms = new ArrayList<>();
    for (double rate : desk.numbers("rates")) {
      desk.progress().accept("LMS at r = " + Say.setting(rate));
      arms.add(arm(plane, rate, epochs, most));
    }
    double[] best = plane.closedForm();
    return new Report(
        name(),
        "Least mean squares",
        "How near does LMS come to the closed form, how fast, and up to which rate at all?",
        conclusions(plane, arms, best, most),
        List.of(
            Report.Section.of(
                "Error",
                new Block.Text(data.origin() + " All of it is computed in double precision."),
                curves(arms, plane.mse(best))),
            Report.Section.of("Rates", table(arms, plane, best, epochs, most), bounds(plane)),
            Report.Section.of(
                "Planes",
                new Picture(
                    "planes",
                    "The points, the closed form's plane and that of LMS after its first epoch. Choose a view; arrow keys turn it.",
                    turntable(data, plane, best, desk.numbers("rates").get(1)),
                    560)),
            Report.Section.of("The documents", LmsReported.table(data, plane))),
        Map.of());
  }

  static Arm arm(LeastSquares plane, double rate, int epochs, int most) {
    double best = plane.mse(plane.closedForm());
    List<double[]> path = plane.path(rate, most);
    List<Double> errors = path.stream().map(plane::mse).toList();
    OptionalInt near = OptionalInt.empty();
    for (int epoch = 1; epoch < errors.size() && near.isEmpty(); epoch++) {
      near = errors.get(epoch) <= NEAR * best ? OptionalInt.of(epoch) : near;
    }
    double[] after = path.get(Math.min(epochs, path.size() - 1));
    return new Arm(rate, errors, after, plane.radius(rate), near);
  }

  private static List<String> conclusions(
      LeastSquares plane, List<Arm> arms, double[] best, int most) {
    List<String> said = new ArrayList<>();
    said.add(
        "The closed form is w = %s, with a mean squared error of %s."
            .formatted(Say.vector(best, 7), Say.number(plane.mse(best), 8)));
    arms.stream()
        .filter(arm -> arm.near.isPresent())
        .min((a, b) -> Integer.compare(a.near.getAsInt(), b.near.getAsInt()))
        .ifPresent(arm ->
            said.add(
                "LMS is within %s of the least error soonest at r = %s: after %s %s."
                    .formatted(
                        Say.setting(NEAR),
                        Say.setting(arm.rate),
                        arm.near.getAsInt(),
                        arm.near.getAsInt() == 1 ? "epoch" : "epochs")));
    List<Double> stalls =
        arms.stream().filter(arm -> arm.near.isEmpty() && !arm.diverges()).map(Arm::rate).toList();
    if (!stalls.isEmpty()) {
      said.add(
          "At r = %s it converges, but to a cycle around the closed form that is not within %s of it in %s epochs: each row pulls w its own way."
              .formatted(Say.settings(stalls), Say.setting(NEAR), most));
    }
    List<Double> diverging = arms.stream().filter(Arm::diverges).map(Arm::rate).toList();
    if (!diverging.isEmpty()) {
      said.add("At r = %s it diverges.".formatted(Say.settings(diverging)));
    }
    said.add(
        "For the rows in this order the largest stable rate is %s, where the spectral radius of ∏(I − r x xᵀ) reaches 1. The usual estimate 2/tr R = %s is %s %% off; the bound of batch descent, %s, says nothing of LMS."
            .formatted(
                Say.number(plane.largestStableRate(), 5),
                Say.number(plane.meanSquareEstimate(), 3),
                Say.number(
                    100 * Math.abs(plane.meanSquareEstimate() / plane.largestStableRate() - 1), 2),
                Say.number(plane.batchBound(), 4)));
    return said;
  }

  private static Figure curves(List<Arm> arms, double best) {
    List<Figure.Line> lines = new ArrayList<>();
    for (Arm arm : arms) {
      if (lines.size() < 7) {
        lines.add(Figure.Line.of("r " + Say.setting(arm.rate), points(arm)));
      }
    }
    lines.add(Figure.Line.of("closed form", List.of(new Point(0, best), new Point(SHOWN, best))));
    return new Figure(
        "errors",
        "Mean squared error over all rows after each epoch; a curve that leaves the picture diverges",
        Figure.Scale.linear("epoch"),
        Figure.Scale.log("MSE"),
        lines);
  }

  /** What has grown beyond a thousand would hide the rest. */
  private static List<Point> points(Arm arm) {
    List<Point> points = new ArrayList<>();
    for (int epoch = 0; epoch < Math.min(arm.errors.size(), SHOWN + 1); epoch++) {
      double error = arm.errors.get(epoch);
      points.add(new Point(epoch, error < 1e3 ? error : Double.POSITIVE_INFINITY));
    }
    return points;
  }

  private static Grid table(
      List<Arm> arms, LeastSquares plane, double[] best, int epochs, int most) {
    Grid grid =
        Grid.of(
                "rates",
                "The closed form, and LMS from zero: its weights and error after %s epochs, its error after %s, epochs to %s of the least error, and by what an error of w is multiplied in an epoch (the spectral radius)"
                    .formatted(epochs, most, Say.setting(NEAR)),
                "r",
                "w after " + epochs,
                "MSE after " + epochs,
                "MSE at the end",
                "epochs to " + Say.setting(NEAR),
                "radius")
            .row("closed form", Say.vector(best, 6), Say.number(plane.mse(best), 8), "", "", "");
    for (Arm arm : arms) {
      grid =
          grid.row(
              Say.setting(arm.rate),
              Say.vector(arm.w, 6),
              Say.number(plane.mse(arm.w), 6),
              arm.diverges() ? "diverges" : Say.number(arm.errors.getLast(), 6),
              arm.near.isPresent() ? arm.near.getAsInt() + "" : "never",
              Say.number(arm.radius, 5));
    }
    return grid;
  }

  private static Grid bounds(LeastSquares plane) {
    return Grid.of("bounds", "How large may r be?", "by", "r")
        .row("∏(I − r x xᵀ), rows in order", Say.number(plane.largestStableRate(), 5))
        .row("mean-square estimate 2/tr R", Say.number(plane.meanSquareEstimate(), 4))
        .row("batch bound 2/λmax", Say.number(plane.batchBound(), 4));
  }

  private static Element turntable(LmsData data, LeastSquares plane, double[] best, double rate) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < data.d().length; i++) {
      points.add(new double[] {data.x()[i][1], data.x()[i][2], data.d()[i]});
    }
    double[] first = plane.path(rate, 1).getLast();
    return new Turntable(
            points,
            List.of(
                new Turntable.Plane("closed form", best),
                new Turntable.Plane("r = %s, one epoch".formatted(Say.setting(rate)), first)))
        .drawing();
  }
}
