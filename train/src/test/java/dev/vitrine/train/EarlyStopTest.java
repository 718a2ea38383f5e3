package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import dev.vitrine.optim.ValidationLoss;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that depend on what validation gives. */
class EarlyStopTest {
  private static final Dataset TRAIN = TinyImages.bars(60, 1);

  /** A third has wrong labels: the loss falls, then rises as the network becomes sure. */
  private static final Dataset OTHER = partlyWrong();

  private static final Recipe RECIPE =
      Recipe.of(Sgd.of(0.05).momentum(0.9))
          .batchSize(17)
          .epochs(12)
          .seed(Seed.of(5))
          .schedule(new Schedule.Plateau(0.5, 1))
          .earlyStop(EarlyStop.of(3));

  private static Dataset partlyWrong() {
    Dataset bars = TinyImages.bars(45, 2);
    byte[] pixels = new byte[45 * 64];
    byte[] labels = new byte[45];
    for (int i = 0; i < 45; i++) {
      System.arraycopy(bars.array(i), bars.offset(i), pixels, i * 64, 64);
      labels[i] = (byte) (i < 30 ? i % 3 : (i + 1) % 3);
    }
    return Dataset.of("partly wrong", TinyImages.SHAPE, pixels, labels, bars.classNames());
  }

  private static List<ValidationLoss> losses(double... losses) {
    List<ValidationLoss> past = new ArrayList<>();
    for (double loss : losses) {
      past.add(new ValidationLoss(10L * (past.size() + 1), loss));
    }
    return past;
  }

  @Test
  void theEpochsWithoutABetterOneAreCounted() {
    EarlyStop two = EarlyStop.of(2);
    assertThat(two.isOver(losses())).isFalse();
    assertThat(two.isOver(losses(1, 2))).isFalse();
    assertThat(two.isOver(losses(1, 2, 1))).isTrue();
    assertThat(two.isOver(losses(1, 2, 0.9, 1))).isFalse();
    assertThat(two.best(losses(1, 2, 0.9, 1))).hasValue(3);
    assertThat(two.best(losses())).isEmpty();
  }

  @Test
  void aBetterOneIsBetterByMoreThanTheLeastDifference() {
    EarlyStop stop = new EarlyStop(2, 0.1);
    assertThat(stop.isOver(losses(1, 0.95, 0.91))).isTrue();
    assertThat(stop.best(losses(1, 0.95, 0.91))).hasValue(1);
    assertThat(stop.best(losses(1, 0.95, 0.89))).hasValue(3);
  }

  @Test
  void badNumbersAreRefused() {
    assertThatThrownBy(() -> EarlyStop.of(0))
        .isInstanceOf(UserException.class)
        .hasMessage("Early stopping expects a patience of 1 epoch or more, but got 0");
    assertThatThrownBy(() -> new EarlyStop(1, -1))
        .isInstanceOf(UserException.class)
        .hasMessage("Early stopping expects a least difference of 0 or more, but got -1");
  }

  @Test
  void theBestNumbersAreTheNetworksAtTheEnd() {
    Model model = TinyImages.model();
    List<String> hashes = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(EpochSummary summary) {
            hashes.add(model.parameters().hash());
            rates.add(summary.learningRate());
          }
        };
    Trainer.Result result =
        Trainer.of(model, RECIPE.optimizer())
            .recipe(RECIPE)
            .threads(1)
            .validation(OTHER)
            .listener(listener)
            .fit(TRAIN);
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (EpochSummary epoch : result.epochs()) {
      double loss = epoch.validationLoss().orElseThrow();
      best = loss < least ? epoch.epoch() : best;
      least = Math.min(least, loss);
    }
    assertThat(best).isGreaterThan(1);
    assertThat(result.epochs()).hasSize(best + 3).hasSizeLessThan(12);
    assertThat(model.parameters().hash()).isEqualTo(hashes.get(best - 1));
    assertThat(hashes).doesNotHaveDuplicates();
    // Each epoch without a lower loss halves the rate of the next.
    assertThat(rates.subList(best, best + 3)).containsExactly(0.05, 0.025, 0.0125);
  }

  private static Model whole(Recipe recipe) {
    Model model = TinyImages.model();
    try (Compute compute = Compute.of(1)) {
      new TrainingSession(model, recipe, TRAIN, compute)
          .run(Optional.of(OTHER), TrainingListener.SILENT, new TrainingControl());
    }
    return model;
  }

  /** An epoch has four steps. */
  @ParameterizedTest
  @ValueSource(longs = {1, 4, 5, 8, 11, 12, 16, 17, 400})
  void theSameBitsAfterAStop(long stop) {
    try (Compute compute = Compute.of(1)) {
      Model model = TinyImages.model();
      TrainingSession first = new TrainingSession(model, RECIPE, TRAIN, compute);
      TrainingControl control = new TrainingControl();
      TrainingListener stopping =
          new TrainingListener() {
            @Override
            public void step(StepSummary summary) {
              if (summary.step() == stop) {
                control.stop();
              }
            }
          };
      first.run(Optional.of(OTHER), stopping, control);
      TrainingState state = copy(first.state());
      Model other = TinyImages.model();
      TrainingSession second = new TrainingSession(other, RECIPE, TRAIN, compute);
      second.restore(state);
      second.run(Optional.of(OTHER), TrainingListener.SILENT, new TrainingControl());
      assertThat(other.parameters().hash()).isEqualTo(whole(RECIPE).parameters().hash());
      assertThat(second.isOver()).isTrue();
      assertThat(second.bestEpoch()).isPresent();
    }
  }

  private static TrainingState copy(TrainingState state) {
    Map<String, Parameters> optimizer = new LinkedHashMap<>();
    state.optimizer().forEach((name, memory) -> optimizer.put(name, memory.copy()));
    return new TrainingState(
        state.parameters().copy(), optimizer, state.progress(), state.past(), state.best());
  }

  @Test
  void theBestIsKeptWhereTheLastEpochIsReachedToo() {
    Recipe patient = RECIPE.epochs(6).earlyStop(EarlyStop.of(50));
    String best = whole(patient).parameters().hash();
    assertThat(best).isEqualTo(whole(RECIPE).parameters().hash());
    assertThat(whole(patient.epochs(7)).parameters().hash()).isEqualTo(best);
  }

  @Test
  void validationDataAreNeeded() {
    try (Compute compute = Compute.of(1)) {
      Recipe plateau = Recipe.of(Sgd.of(1)).schedule(new Schedule.Plateau(0.5, 1)).batchSize(17);
      for (Recipe recipe : List.of(RECIPE, plateau)) {
        TrainingSession session = new TrainingSession(TinyImages.model(), recipe, TRAIN, compute);
        assertThatThrownBy(
                () -> session.run(Optional.empty(), TrainingListener.SILENT, new TrainingControl()))
            .isInstanceOf(UserException.class)
            .hasMessageEndingWith(
                " expects validation data, but there are none: choose a validation share above 0");
      }
    }
  }

  @Test
  void aLossIsNotedOnceAfterAnEpoch() {
    try (Compute compute = Compute.of(1)) {
      TrainingSession session = new TrainingSession(TinyImages.model(), RECIPE, TRAIN, compute);
      assertThatThrownBy(() -> session.validated(1)).isInstanceOf(IllegalStateException.class);
      for (int step = 0; step < 4; step++) {
        session.advance();
      }
      session.validated(1);
      assertThatThrownBy(() -> session.validated(1)).isInstanceOf(IllegalStateException.class);
      assertThat(session.state().past()).containsExactly(new ValidationLoss(4, 1));
      assertThat(session.state().best()).isPresent();
    }
  }

  @Test
  void aStateOfATrainingThatKeptNothingIsRefused() {
    try (Compute compute = Compute.of(1)) {
      Recipe plain = Recipe.of(Sgd.of(0.05).momentum(0.9)).batchSize(17).epochs(12);
      TrainingSession other = new TrainingSession(TinyImages.model(), plain, TRAIN, compute);
      for (int step = 0; step < 5; step++) {
        other.advance();
      }
      TrainingSession session = new TrainingSession(TinyImages.model(), RECIPE, TRAIN, compute);
      assertThatThrownBy(() -> session.restore(other.state()))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "The checkpoint expects validation losses of 1 epochs, but has 0: it belongs to another training");
    }
  }
}
