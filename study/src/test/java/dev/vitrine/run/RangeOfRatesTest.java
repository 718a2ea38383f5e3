package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.range.RangeResult;
import dev.vitrine.range.RangeTest;
import dev.vitrine.range.RatePoint;
import dev.vitrine.range.RateRange;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A range test is a training like any other, but for its rates. */
class RangeOfRatesTest {
  private static final RateRange RANGE = new RateRange(1e-3, 10, 60);

  @Test
  void itsLossesAreThoseOfATrainingAtSuchRates() {
    RunConfig config = TinyRuns.config(0.05);
    TuningData data = TuningData.of(RunImages.prepare(config, TinyRuns.splits()));
    try (Compute compute = Compute.of(1)) {
      RangeResult result = RangeTest.run(config, data, RANGE, compute);
      double growth = StrictMath.pow(1e4, 1 / 59.0);
      Recipe recipe =
          config
              .recipe()
              .optimizer(Sgd.of(1e-3).momentum(0.9).weightDecay(0.0005))
              .schedule(new Schedule.Exponential(growth));
      TrainingSession session =
          new TrainingSession(config.newModel(), recipe, data.train(), compute);
      List<Double> losses = new ArrayList<>();
      for (RatePoint point : result.points()) {
        assertThat(point.rate()).isEqualTo(session.learningRate(session.step()));
        losses.add(session.advance());
      }
      assertThat(result.points().stream().map(RatePoint::loss)).isEqualTo(losses);
      assertThat(result.points().size()).isBetween(20, 60);
    }
  }

  @Test
  void ratesThatBreakATrainingEndIt() {
    RunConfig config = TinyRuns.config(0.05);
    TuningData data = TuningData.of(RunImages.prepare(config, TinyRuns.splits()));
    try (Compute compute = Compute.of(1)) {
      RangeResult result = RangeTest.run(config, data, new RateRange(1, 1e30, 40), compute);
      assertThat(result.broken()).isTrue();
      assertThat(result.points()).hasSizeLessThan(40);
      assertThat(result.suggestion()).isEmpty();
    }
  }
}
