package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Grid;
import java.util.List;

/** The regression exercise's values beside what comes out. */
final class LmsReported {
  private static final int MOST = 1000;
  private static final int EPOCHS = 20;

  private LmsReported() {}

  /** How many epochs the exercise's data take to 1.1 of the best, by rate. */
  private record Known(double rate, String epochs) {}

  static Grid table(LmsData data, LeastSquares plane) {
    double[] best = plane.closedForm();
    String other = data.given() ? "" : " Other points were drawn here: only the kind can agree.";
    Grid grid =
        Grid.of(
                "reported",
                "What the documents' points give beside what was found." + other,
                "quantity",
                "reported",
                "found")
            .row("closed form", "(−0.9993219, 1.00061145, −2.00031968)", Say.vector(best, 9))
            .row("its MSE", "0.00010079903", Say.number(plane.mse(best), 8))
            .row(
                "LMS, r 0.01, 20 epochs",
                "(−0.99925144, 1.00082858, −2.00068123)",
                Say.vector(plane.path(0.01, EPOCHS).getLast(), 9))
            .row("largest stable r", "0.62506", Say.number(plane.largestStableRate(), 5))
            .row("batch bound", "1.772", Say.number(plane.batchBound(), 4))
            .row("mean-square estimate", "0.674", Say.number(plane.meanSquareEstimate(), 3))
            .row("r 1", "diverges", plane.radius(1) > 1 ? "diverges" : "converges");
    for (Known known :
        List.of(
            new Known(0.005, "15"),
            new Known(0.01, "7"),
            new Known(0.05, "2"),
            new Known(0.1, "1"),
            new Known(0.2, "never"))) {
      Lms.Arm arm = Lms.arm(plane, known.rate, EPOCHS, MOST);
      grid =
          grid.row(
              "epochs to 1.1 of the best, r " + Say.setting(known.rate),
              known.epochs,
              arm.near().isPresent() ? arm.near().getAsInt() + "" : "never");
    }
    return grid.row(
        "r 0.5 stalls at",
        "0.0018045",
        Say.number(Lms.arm(plane, 0.5, EPOCHS, MOST).errors().getLast(), 5));
  }
}
