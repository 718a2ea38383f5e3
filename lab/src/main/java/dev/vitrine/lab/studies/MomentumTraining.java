package dev.vitrine.lab.studies;

import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.optim.Sgd;
import dev.vitrine.report.Series.Point;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;

/**
 * What a real network does with a momentum.
 *
 * @param mu the momentum
 * @param loss the mean loss over each stretch of steps
 * @param accuracy on held images at the end; NaN if there was no end
 * @param cause why it ended early; empty if it did not
 */
record MomentumTraining(double mu, List<Point> loss, double accuracy, String cause) {
  private static final int STRETCH = 20;

  static MomentumTraining of(Desk desk, StudyImages images, double mu) {
    NetworkSpec spec = Zoo.find(desk.words("network").getFirst(), images.train().shape(), 10);
    Model model = Model.of(spec.layers(), spec.input(), Initializer.leCunUniform(), desk.seed());
    Recipe recipe =
        Recipe.of(Sgd.of(desk.numbers("rate").getFirst()).momentum(mu))
            .batchSize(desk.counts("batch").getFirst())
            .epochs(desk.counts("epochs").getFirst())
            .seed(desk.seed());
    TrainingSession session = new TrainingSession(model, recipe, images.train(), desk.compute());
    List<Point> losses = new ArrayList<>();
    double sum = 0;
    try {
      while (session.step() < session.course().totalSteps()) {
        sum += session.advance();
        if (session.step() % STRETCH == 0) {
          losses.add(new Point(session.step(), sum / STRETCH));
          sum = 0;
        }
      }
      double accuracy =
          new Evaluator(model, images.held(), recipe.normalisation(), desk.compute())
              .evaluate(0)
              .accuracy();
      return new MomentumTraining(mu, losses, accuracy, "");
    } catch (DivergedException e) {
      losses.add(new Point(session.step(), Double.NaN));
      return new MomentumTraining(mu, losses, Double.NaN, e.getMessage());
    }
  }

  /** Whether it ended early, or the loss is larger at the end than that of guessing. */
  boolean diverges() {
    return !cause.isEmpty() || loss.getLast().y() > Math.log(10);
  }

  String verdict() {
    if (!cause.isEmpty()) {
      return "diverges at step %s".formatted((long) loss.getLast().x() + 1);
    }
    return diverges() ? "diverges: its loss is beyond guessing" : "learns";
  }
}
