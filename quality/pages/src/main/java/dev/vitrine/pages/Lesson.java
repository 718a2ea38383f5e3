package dev.vitrine.pages;

import dev.vitrine.augment.Augmentation;
import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.optim.AdamW;
import dev.vitrine.optim.Schedule;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.Trainer;
import dev.vitrine.train.TrainingListener;
import java.util.List;
import java.util.Locale;

/** How the embedded reader is taught; the same seed gives the same numbers, bit for bit. */
final class Lesson {
  private static final int BATCH = 128;

  private Lesson() {}

  /** The networks that vote: they err in different places. */
  static List<Layer> networks() {
    return List.of(lenet(), normalised());
  }

  /** LeNet's form with 129,000 numbers. */
  private static Layer lenet() {
    return Sequential.of(
        Conv2d.of(24, 5),
        Activation.relu(),
        MaxPool2d.of(2),
        Conv2d.of(48, 5),
        Activation.relu(),
        MaxPool2d.of(2),
        Flatten.of(),
        Linear.of(128),
        Activation.relu(),
        Dropout.of(0.3),
        Linear.of(Cuts.NAMES.size()));
  }

  /** Four convolutions, each normalised over the batch, with 117,000 numbers. */
  private static Layer normalised() {
    return Sequential.of(
        Conv2d.of(32, 5).bias(false),
        BatchNorm2d.of(),
        Activation.relu(),
        MaxPool2d.of(2),
        Conv2d.of(64, 3).padding(1).bias(false),
        BatchNorm2d.of(),
        Activation.relu(),
        Conv2d.of(64, 3).padding(1).bias(false),
        BatchNorm2d.of(),
        Activation.relu(),
        MaxPool2d.of(2),
        Conv2d.of(80, 3).bias(false),
        BatchNorm2d.of(),
        Activation.relu(),
        Flatten.of(),
        Dropout.of(0.4),
        Linear.of(Cuts.NAMES.size()));
  }

  /** A model of this form that has learned from these cuts. */
  static Model learned(Layer network, Dataset cuts, Dataset validation, int epochs, Seed seed) {
    Model model =
        Model.of(network, Shape.of(1, Cuts.SIDE, Cuts.SIDE), Initializer.kaimingUniform(), seed);
    long steps = (long) epochs * ((cuts.size() + BATCH - 1) / BATCH);
    Recipe recipe =
        Recipe.of(AdamW.of(0.002).weightDecay(0.01))
            .schedule(new Schedule.OneCycle(steps, 0.15))
            .loss(new Loss.CrossEntropy(0.03))
            .batchSize(BATCH)
            .epochs(epochs)
            .augmentation(Augmentation.NONE.shift(0.8).rotate(5).scale(0.06))
            .seed(seed);
    Trainer.of(model, recipe.optimizer())
        .recipe(recipe)
        .validation(validation)
        .listener(new Told())
        .fit(cuts);
    return model;
  }

  /** An epoch, a line. */
  private static final class Told implements TrainingListener {
    @Override
    public void epoch(EpochSummary summary) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s %.4f %.4f, %.0f images/s",
              summary.epoch(),
              summary.trainLoss(),
              summary.validation().get().accuracy(),
              summary.imagesPerSecond()));
    }
  }
}
