package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
              "Another training has changed these parameters since this one's last step: train a"
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
}
