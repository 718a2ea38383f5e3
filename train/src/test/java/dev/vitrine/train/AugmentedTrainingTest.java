package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.augment.Augmentation;
import dev.vitrine.augment.Augmentation.Elastic;
import dev.vitrine.augment.AugmentedImages;
import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learned from is changed, alike on any threads and after any stop; nothing else is. */
class AugmentedTrainingTest {
  private static final Dataset DATA = TinyImages.bars(60, 1);

  private static final Recipe RECIPE =
      Recipe.of(Sgd.of(0.05).momentum(0.9))
          .batchSize(17)
          .epochs(3)
          .seed(Seed.of(5))
          .augmentation(
              Augmentation.NONE
                  .shift(1)
                  .rotate(10)
                  .scale(0.1)
                  .elastic(new Elastic(0.5, 2))
                  .flip(true)
                  .crop(1)
                  .noise(0.1));

  private static String trained(Recipe recipe, int threads) {
    Model model = TinyImages.model();
    Trainer.of(model, recipe.optimizer()).recipe(recipe).threads(threads).fit(DATA);
    return model.parameters().hash();
  }

  @Test
  void theSameBitsOnAnyNumberOfThreads() {
    String alone = trained(RECIPE, 1);
    assertThat(trained(RECIPE, 2)).isEqualTo(alone);
    assertThat(trained(RECIPE, 3)).isEqualTo(alone);
    assertThat(trained(RECIPE.augmentation(Augmentation.NONE), 1)).isNotEqualTo(alone);
    assertThat(trained(RECIPE.augmentation(Augmentation.NONE.crop(1)), 1)).isNotEqualTo(alone);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4, 6, 11})
  void theSameBitsAfterAStop(long stop) {
    try (Compute compute = Compute.of(1)) {
      TrainingSession first = new TrainingSession(TinyImages.model(), RECIPE, DATA, compute);
      while (first.step() < stop) {
        first.advance();
      }
      TrainingState state = copy(first.state());
      Model model = TinyImages.model();
      TrainingSession second = new TrainingSession(model, RECIPE, DATA, compute);
      second.restore(state);
      second.run(Optional.empty(), TrainingListener.SILENT, new TrainingControl());
      assertThat(model.parameters().hash()).isEqualTo(trained(RECIPE, 1));
    }
  }

  private static TrainingState copy(TrainingState state) {
    Map<String, Parameters> optimizer = new LinkedHashMap<>();
    state.optimizer().forEach((name, memory) -> optimizer.put(name, memory.copy()));
    return new TrainingState(
        state.parameters().copy(), optimizer, state.progress(), state.past(), state.best());
  }

  /** With nothing learned, a changed image would still change a loss. */
  @Test
  void validationIsNotAugmented() {
    Recipe still = RECIPE.epochs(2);
    for (String name :
        TinyImages.model().parameters().layout().entries().stream().map(e -> e.name()).toList()) {
      still = still.rate(name, 0);
    }
    Recipe plain = still.augmentation(Augmentation.NONE);
    EpochSummary with = validated(still);
    EpochSummary without = validated(plain);
    assertThat(with.validationLoss()).isEqualTo(without.validationLoss());
    assertThat(with.trainLoss()).isNotEqualTo(without.trainLoss());
  }

  private static EpochSummary validated(Recipe recipe) {
    return Trainer.of(TinyImages.model(), recipe.optimizer())
        .recipe(recipe)
        .threads(1)
        .validation(DATA)
        .fit(DATA)
        .epochs()
        .getLast();
  }

  /** What the network is shown is what can be looked at; the target of an autoencoder, too. */
  @Test
  void theImagesAreThoseThatCanBeLookedAt() {
    Recipe recipe = RECIPE.loss(Loss.crossEntropy()).batchSize(60).epochs(2);
    Model model = TinyImages.model();
    AugmentedImages images =
        AugmentedImages.of(DATA, recipe.augmentation().orElseThrow(), recipe.seed());
    byte[] pixels = new byte[60 * 64];
    byte[] labels = new byte[60];
    for (int i = 0; i < 60; i++) {
      System.arraycopy(images.bytes(i, 1), 0, pixels, i * 64, 64);
      labels[i] = (byte) DATA.label(i);
    }
    Dataset seen = Dataset.of("seen", TinyImages.SHAPE, pixels, labels, DATA.classNames());
    Recipe plain = recipe.augmentation(Augmentation.NONE);
    try (Compute compute = Compute.of(1)) {
      double expected =
          PlanGradients.of(model, plain, compute)
              .compute(DatasetBatches.of(seen, plain, model).at(1), 1);
      double got =
          PlanGradients.of(model, recipe, compute)
              .compute(DatasetBatches.of(DATA, recipe, model).at(1), 1);
      assertThat(got).isEqualTo(expected);
    }
  }

  @Test
  void imagesThatWouldBeMovedOutOfSightAreRefused() {
    assertThatThrownBy(() -> trained(RECIPE.augmentation(Augmentation.NONE.shift(8)), 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The augmentation expects shifts and crops below the images' side of 8 pixels, but got 8");
  }
}
