package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.image.Normalisation;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.EvaluationBuilder;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.Trainer;
import org.junit.jupiter.api.Test;

/** What is said of one example is what an evaluation counted: the same graph, the same bits. */
class SameAnswersTest {
  private static final Dataset TEST = TinyRuns.images(300, 2);

  private static Model trained() {
    Model model =
        Model.of(
            Sequential.of(
                Conv2d.of(4, 3).padding(1),
                BatchNorm2d.of(),
                Activation.relu(),
                Conv2d.of(6, 3).bias(false),
                BatchNorm2d.of(),
                Activation.relu(),
                Flatten.of(),
                Linear.of(10)),
            TEST.shape(),
            Initializer.kaimingNormal(),
            Seed.of(3));
    // A rate at which some are misread.
    Trainer.of(model, Sgd.of(1e-4)).batchSize(32).fit(TinyRuns.images(130, 1));
    return model;
  }

  @Test
  void anEvaluationIsTheSumOfSinglePredictions() {
    Model model = trained();
    Normalisation normalisation = Normalisation.UNIT;
    Preprocessing unit = Preprocessing.unit(normalisation);
    EvaluationBuilder builder = new EvaluationBuilder(10, 40);
    try (Predictor predictor = Predictor.of(model);
        Compute compute = Compute.of(2)) {
      for (int i = 0; i < TEST.size(); i++) {
        float[] seen = unit.numbers(TEST.picture(i), TEST.shape());
        builder.add(i, TEST.label(i), predictor.predict(seen), 0);
      }
      Evaluation whole = new Evaluator(model, TEST, normalisation, compute).evaluate(40);
      assertThat(builder.build()).isEqualTo(whole);
      assertThat(whole.worst()).hasSizeGreaterThan(5);
      whole
          .worst()
          .forEach(mistake ->
              assertThat(
                      predictor.top(2, unit.numbers(TEST.picture(mistake.example()), TEST.shape())))
                  .containsExactly(mistake.best(), mistake.second()));
    }
  }
}
