package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
  @Test
  void learnsInAFewLines() {
    Dataset train = TinyImages.bars(300, 1);
    Dataset test = TinyImages.bars(90, 2);
    Model model = TinyImages.model();
    Trainer.Result result =
        Trainer.of(model, Sgd.of(0.05).momentum(0.9).weightDecay(5e-4))
            .schedule(new Schedule.InverseDecay(1e-4, 0.75))
            .batchSize(16)
            .epochs(4)
            .seed(Seed.of(5))
            .validation(test)
            .fit(train);
    Evaluation evaluation = result.evaluate(test);
    assertThat(evaluation.accuracy()).isGreaterThan(0.95);
    assertThat(evaluation.examples()).isEqualTo(90);
    assertThat(result.epochs()).hasSize(4);
    EpochSummary first = result.epochs().getFirst();
    EpochSummary last = result.epochs().getLast();
    assertThat(first.epoch()).isEqualTo(1);
    assertThat(first.images()).isEqualTo(300);
    assertThat(last.trainLoss()).isLessThan(first.trainLoss() / 2);
    assertThat(last.learningRate()).isEqualTo(0.05 * Math.pow(1 + 1e-4 * 75, -0.75));
    assertThat(last.validation().orElseThrow().accuracy()).isEqualTo(evaluation.accuracy());
  }

  @Test
  void aSeedGivesTheSameParametersOnAnyNumberOfThreads() {
    List<String> hashes = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3}) {
      Model model = TinyImages.model();
      Trainer.of(model, Sgd.of(0.05).momentum(0.9))
          .batchSize(37)
          .threads(threads)
          .seed(Seed.of(5))
          .fit(TinyImages.bars(130, 1));
      hashes.add(model.parameters().hash());
    }
    assertThat(hashes.get(1)).isEqualTo(hashes.getFirst());
    assertThat(hashes.get(2)).isEqualTo(hashes.getFirst());
    Model other = TinyImages.model();
    Trainer.of(other, Sgd.of(0.05).momentum(0.9))
        .batchSize(37)
        .seed(Seed.of(6))
        .fit(TinyImages.bars(130, 1));
    assertThat(other.parameters().hash()).isNotEqualTo(hashes.getFirst());
  }

  /** In double precision, step after step, each batch's mean times its examples. */
  @Test
  void anEpochsLossIsAddedUpInTheOrderOfItsSteps() {
    Recipe recipe = Recipe.of(Sgd.of(0.05)).batchSize(7).seed(Seed.of(5));
    double sum = 0;
    double plain = 0;
    try (Compute compute = new Compute(new ScalarKernels(), new Workers(1))) {
      TrainingSession session =
          new TrainingSession(TinyImages.model(), recipe, TinyImages.bars(130, 1), compute);
      for (int from = 0; from < 130; from += 7) {
        double loss = session.advance();
        sum += loss * Math.min(7, 130 - from);
        plain += loss;
      }
      assertThat(session.progress().meanLoss()).isEqualTo(sum / 130).isNotEqualTo(plain / 19);
    }
  }

  @Test
  void aFactorOnAParametersRateFreezesIt() {
    Model model = TinyImages.model();
    String frozen = model.specs().getFirst().name();
    String free = model.specs().getLast().name();
    float[] before = model.parameters().get(frozen);
    float[] freeBefore = model.parameters().get(free);
    Trainer trainer = Trainer.of(model, Sgd.of(0.05));
    trainer.recipe(trainer.recipe().rate(frozen, 0)).fit(TinyImages.bars(130, 1));
    assertThat(model.parameters().get(frozen)).isEqualTo(before);
    assertThat(model.parameters().get(free)).isNotEqualTo(freeBefore);
  }

  @Test
  void aFactorForAParameterThatIsNotThereIsRefused() {
    Trainer trainer = Trainer.of(TinyImages.model(), Sgd.of(0.05));
    Trainer mistaken = trainer.recipe(trainer.recipe().rate("conv9.weight", 2));
    Dataset data = TinyImages.bars(130, 1);
    assertThatThrownBy(() -> mistaken.fit(data))
        .isInstanceOf(UserException.class)
        .hasMessage("Unknown parameter \"conv9.weight\"; did you mean \"conv1.weight\"?");
  }

  @Test
  void aListenerHearsEveryStepAndItsControlStops() {
    List<StepSummary> steps = new ArrayList<>();
    TrainingControl control = new TrainingControl();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(StepSummary summary) {
            steps.add(summary);
            if (summary.step() == 5) {
              control.stop();
            }
          }
        };
    Trainer.Result result =
        Trainer.of(TinyImages.model(), Sgd.of(0.05))
            .schedule(new Schedule.Exponential(0.5))
            .batchSize(10)
            .listener(listener)
            .control(control)
            .fit(TinyImages.bars(130, 1));
    assertThat(steps).extracting(StepSummary::step).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(steps).extracting(s -> s.learningRate() / 0.05).startsWith(1.0, 0.5, 0.25);
    assertThat(steps.get(4).progress().epochLoss())
        .isEqualTo(10 * steps.stream().mapToDouble(StepSummary::loss).sum());
    assertThat(steps.getFirst().course()).isEqualTo(new Course(13, 13));
    assertThat(result.epochs()).isEmpty();
  }

  @Test
  void everyWindowAndEpochIsTold() {
    List<String> heard = new ArrayList<>();
    Trainer.of(TinyImages.model(), Sgd.of(0.05))
        .batchSize(10)
        .epochs(3)
        .listener(
            new TrainingListener() {
              @Override
              public void step(StepSummary s) {
                s.windowLoss().ifPresent(loss -> heard.add("window " + s.step()));
                if (s.atEpochEnd()) {
                  heard.add("last of epoch " + s.course().epoch(s.step()));
                }
              }

              @Override
              public void epoch(EpochSummary s) {
                heard.add("epoch %s after %s".formatted(s.epoch(), s.step()));
              }
            })
        .fit(TinyImages.bars(130, 1));
    assertThat(heard)
        .containsExactly(
            "last of epoch 1",
            "epoch 1 after 13",
            "window 20",
            "last of epoch 2",
            "epoch 2 after 26",
            "last of epoch 3",
            "epoch 3 after 39");
  }

  @Test
  void divergenceNamesTheStepAndThePlace() {
    assertThatThrownBy(() ->
            Trainer.of(TinyImages.model(), Sgd.of(1e30)).batchSize(10).fit(TinyImages.bars(130, 1)))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "Training diverged at step \\d+: the loss is not a finite number\\. It started in (the"
                + " output of layer \\w+, \\w+.*|\\w+\\.\\w+, by the update of step \\d+)\\. Try a smaller learning rate than 1e30");
  }

  @Test
  void theLastUpdateIsLookedAtToo() {
    assertThatThrownBy(() ->
            Trainer.of(TinyImages.model(), Sgd.of(1e38).weightDecay(1e4))
                .batchSize(130)
                .fit(TinyImages.bars(130, 1)))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("Training diverged at step 1: its update made conv1.weight");
  }

  @Test
  void aBatchLargerThanTheDataIsRefused() {
    assertThatThrownBy(() ->
            Trainer.of(TinyImages.model(), Sgd.of(0.1)).batchSize(31).fit(TinyImages.bars(30, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The batch size 31 is larger than the 30 training examples");
  }
}
