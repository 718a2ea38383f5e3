package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.tensor.Parameters;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One model has one training at a time; one training may be stepped by several threads in turn. */
class ConcurrentTrainingTest {
  private static final Dataset DATA = TinyImages.bars(130, 1);
  private static final Recipe RECIPE = Recipe.of(Sgd.of(0.05).momentum(0.9)).batchSize(16);

  private static Trainer trainer(Model model) {
    return Trainer.of(model, Sgd.of(0.05)).recipe(RECIPE).threads(1);
  }

  /** Both hashes were wrong once, and no word was said. */
  @Test
  void aSecondTrainingOfAModelIsRefusedAndTheFirstGoesOn()
      throws InterruptedException, ExecutionException {
    Model alone = TinyImages.model();
    trainer(alone).fit(DATA);
    Model model = TinyImages.model();
    try (ExecutorService elsewhere = Executors.newSingleThreadExecutor()) {
      AtomicInteger asked = new AtomicInteger();
      TrainingListener rival =
          new TrainingListener() {
            @Override
            public void step(StepSummary summary) {
              if (asked.getAndIncrement() == 3) {
                refuseSecond(elsewhere, model);
              }
            }
          };
      trainer(model).listener(rival).fit(DATA);
      assertThat(asked.get()).isGreaterThan(3);
    }
    assertThat(model.parameters().hash()).isEqualTo(alone.parameters().hash());
  }

  private static void refuseSecond(ExecutorService elsewhere, Model model) {
    assertThatThrownBy(() -> elsewhere.submit(() -> trainer(model).fit(DATA)).get())
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "These parameters are being trained by another thread: wait for it, or train a copy of"
                + " the model");
  }

  @Test
  void twoSessionsOfAModelCannotTakeTurns() {
    Model model = TinyImages.model();
    try (Compute compute = Compute.of(1)) {
      TrainingSession first = new TrainingSession(model, RECIPE, DATA, compute);
      TrainingSession second = new TrainingSession(model, RECIPE, DATA, compute);
      first.advance();
      assertThatThrownBy(second::advance)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Another training, or somebody by hand, has changed these parameters since this one's last step: train a"
                  + " copy of the model, or restore a state");
      first.advance();
    }
  }

  @Test
  void aSessionMayBeSteppedByThreadsInTurn() throws InterruptedException, ExecutionException {
    Model alone = TinyImages.model();
    trainer(alone).fit(DATA);
    Model model = TinyImages.model();
    try (Compute compute = Compute.of(1);
        ExecutorService elsewhere = Executors.newSingleThreadExecutor()) {
      TrainingSession session = new TrainingSession(model, RECIPE, DATA, compute);
      while (session.step() < session.course().totalSteps()) {
        session.advance();
        if (session.step() < session.course().totalSteps()) {
          elsewhere.submit(session::advance).get();
        }
      }
    }
    assertThat(model.parameters().hash()).isEqualTo(alone.parameters().hash());
  }

  private static TrainingListener after(int steps, Runnable mischief) {
    AtomicInteger seen = new AtomicInteger();
    return new TrainingListener() {
      @Override
      public void step(StepSummary summary) {
        if (seen.incrementAndGet() == steps) {
          mischief.run();
        }
      }
    };
  }

  @Test
  void numbersChangedByHandAreNotGoneOnWith() {
    Model model = TinyImages.model();
    TrainingListener hand =
        after(2, () -> model.parameters().set("linear1.bias", new float[] {1, 2, 3}));
    assertThatThrownBy(() -> trainer(model).listener(hand).fit(DATA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("or somebody by hand");
  }

  @Test
  void nobodyElseChangesOrCopiesNumbersInTraining() {
    Model alone = TinyImages.model();
    trainer(alone).fit(DATA);
    Model model = TinyImages.model();
    try (ExecutorService elsewhere = Executors.newSingleThreadExecutor()) {
      TrainingListener rival =
          after(
              2,
              () -> {
                refused(elsewhere, () -> model.parameters().set("linear1.bias", new float[3]));
                refused(elsewhere, () -> model.parameters().copy());
                assertThat(model.parameters().copy().hash()).isEqualTo(model.parameters().hash());
              });
      trainer(model).listener(rival).fit(DATA);
    }
    assertThat(model.parameters().hash()).isEqualTo(alone.parameters().hash());
  }

  private static void refused(ExecutorService elsewhere, Runnable call) {
    assertThatThrownBy(() -> elsewhere.submit(call).get())
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("are being trained by another thread");
  }

  @Test
  void twoUpdatesOfAModelCannotTakeTurns() {
    Model model = TinyImages.model();
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    try (Workers workers = new Workers(1)) {
      ParameterUpdate first = new ParameterUpdate(model, RECIPE, workers);
      ParameterUpdate second = new ParameterUpdate(model, RECIPE, workers);
      first.apply(gradients, 0.1, 0);
      assertThatThrownBy(() -> second.apply(gradients, 0.1, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("since this one's last step");
      first.apply(gradients, 0.1, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN, 0", "Infinity, 0", "-1, 0", "0.1, -1"})
  void ratesAndStepsThatAreNoneAreRefused(double rate, long step) {
    Model model = TinyImages.model();
    String before = model.parameters().hash();
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    try (Workers workers = new Workers(1)) {
      ParameterUpdate update = new ParameterUpdate(model, RECIPE, workers);
      assertThatThrownBy(() -> update.apply(gradients, rate, step))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "An update expects a learning rate and a step of 0 or more, but got %s and %s",
              rate, step);
    }
    assertThat(model.parameters().hash()).isEqualTo(before);
  }

  @Test
  void aStepBelowZeroHasNoBatchAndNoGradients() {
    Model model = TinyImages.model();
    try (Compute compute = Compute.of(1)) {
      BatchSource batches = DatasetBatches.of(DATA, RECIPE, model);
      assertThatThrownBy(() -> batches.at(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A batch expects a step of 0 or more, but got -1");
      GradientSource gradients = PlanGradients.of(model, RECIPE, compute);
      assertThatThrownBy(() -> gradients.compute(batches.at(0), -5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Gradients expect a step of 0 or more, but got -5");
    }
  }
}
