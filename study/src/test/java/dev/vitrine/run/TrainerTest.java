package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.Trainer;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.train.TrainingSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static Model model() {
    NetworkSpec tiny = TinyImages.network();
    return Model.of(tiny.layers(), tiny.input(), Initializer.kaimingNormal(), Seed.of(3));
  }

  @Test
  void learnsInAFewLines() {
    Dataset train = TinyImages.bars(300, 1);
    Dataset test = TinyImages.bars(90, 2);
    Model model = model();
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
      Model model = model();
      Trainer.of(model, Sgd.of(0.05).momentum(0.9))
          .batchSize(37)
          .threads(threads)
          .seed(Seed.of(5))
          .fit(TinyImages.bars(130, 1));
      hashes.add(model.parameters().hash());
    }
    assertThat(hashes.get(1)).isEqualTo(hashes.getFirst());
    assertThat(hashes.get(2)).isEqualTo(hashes.getFirst());
    Model other = model();
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
          new TrainingSession(model(), recipe, TinyImages.bars(130, 1), compute);
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
    Model model = model();
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
    Trainer trainer = Trainer.of(model(), Sgd.of(0.05));
    Trainer mistaken = trainer.recipe(trainer.recipe().rate("conv9.weight", 2));
    Dataset data = TinyImages.bars(130, 1);
    assertThatThrownBy(() -> mistaken.fit(data))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("There is no parameter 'conv9.weight': the network has ");
  }

  @Test
  void aListenerHearsEveryStepAndStops() {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(TrainingSession session, double loss) {
            losses.add(loss);
            assertThat(session.step()).isEqualTo(losses.size());
          }

          @Override
          public boolean wantsToStop() {
            return losses.size() == 5;
          }
        };
    Trainer.Result result =
        Trainer.of(model(), Sgd.of(0.05))
            .batchSize(10)
            .listener(listener)
            .fit(TinyImages.bars(130, 1));
    assertThat(losses).hasSize(5);
    assertThat(result.epochs()).isEmpty();
  }

  @Test
  void divergenceNamesTheStepAndThePlace() {
    assertThatThrownBy(
            () -> Trainer.of(model(), Sgd.of(1e30)).batchSize(10).fit(TinyImages.bars(130, 1)))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "Training diverged at step \\d+: the loss is not a finite number\\. It started in (the"
                + " output of layer \\w+, \\w+.*|\\w+\\.\\w+, by the update of step \\d+)\\. Try a smaller learning rate than 1\\.0E30");
  }

  @Test
  void theLastUpdateIsLookedAtToo() {
    assertThatThrownBy(
            () -> Trainer.of(model(), Sgd.of(1e39)).batchSize(130).fit(TinyImages.bars(130, 1)))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("Training diverged at step 1: its update made conv1.weight");
  }

  @Test
  void aBatchLargerThanTheDataIsRefused() {
    assertThatThrownBy(
            () -> Trainer.of(model(), Sgd.of(0.1)).batchSize(31).fit(TinyImages.bars(30, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The batch size 31 is larger than the 30 training examples");
  }
}
