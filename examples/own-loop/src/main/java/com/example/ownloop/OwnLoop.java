package com.example.ownloop;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.nn.*;
import dev.vitrine.optim.Adam;
import dev.vitrine.plan.Compute;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.run.Checkpoint;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.train.*;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/** A layer, a loss and a training loop of one's own; then an answer from many threads. */
public final class OwnLoop {
  private static final Seed SEED = Seed.of(42);

  private static final Layer NETWORK =
      Sequential.of(
          Conv2d.of(8, 5).stride(2),
          new Standardise(0.1),
          Activation.relu(),
          Flatten.of(),
          Linear.of(10));

  /** The squared hinge: the mean of max(0, 1 − t · y)², with t = 1 for the right class, else −1. */
  private static final Loss SQUARED_HINGE =
      ((Loss)
              (ops, y, t) ->
                  ops.mean(ops.square(ops.relu(ops.shift(ops.negate(ops.multiply(t, y)), 1)))))
          .against(Target.SIGNS);

  public static void main(String[] args) throws IOException {
    Model model = Model.of(NETWORK, Digits.SHAPE, Initializer.kaimingNormal(), SEED);
    Recipe recipe = Recipe.of(Adam.of(0.002)).loss(SQUARED_HINGE).batchSize(32).seed(SEED);
    train(model, recipe, Digits.train(SEED, 3_000), 3);

    Path file = Files.createTempFile("own-loop", ".safetensors");
    Checkpoint.writeParameters(file, model);
    Model opened = Model.of(NETWORK, Digits.SHAPE);
    Checkpoint.readParameters(file, opened);
    Files.delete(file);
    System.out.println("hash:     " + opened.parameters().hash());

    Dataset test = Digits.test(SEED, 1_000);
    Preprocessing preparation = Preprocessing.unit(recipe.normalisation());
    try (Predictor predictor = Predictor.of(opened)) {
      long right =
          IntStream.range(0, test.size())
              .parallel() // on as many threads as there are
              .filter(i -> {
                float[] image = preparation.numbers(test.picture(i), test.shape());
                return predictor.top(1, image).getFirst().index() == test.label(i);
              })
              .count();
      System.out.printf(Locale.ROOT, "accuracy: %.2f %%%n", 100.0 * right / test.size());
    }
  }

  private static void train(Model model, Recipe recipe, Dataset data, int epochs) {
    try (Compute compute = Compute.best()) {
      BatchSource batches = DatasetBatches.of(data, recipe, model);
      GradientSource gradients = PlanGradients.of(model, recipe, compute);
      ParameterUpdate update = new ParameterUpdate(model, recipe, compute.workers());
      BufferUpdate averages = new BufferUpdate(gradients);
      int steps = epochs * batches.stepsPerEpoch();
      for (int step = 0; step < steps; step++) {
        Batch batch = batches.at(step);
        double loss = gradients.compute(batch, step);
        if (step % 50 == 0) {
          System.out.printf(
              Locale.ROOT,
              "step %3d  loss %.4f  %s%n",
              step,
              loss,
              norms(gradients.gradients()));
        }
        double rate = recipe.optimizer().learningRate() * (1 - (double) step / steps);
        update.apply(gradients.gradients(), rate, step);
        averages.apply(batch.size());
      }
    }
  }

  /** The length of every parameter's gradient. */
  private static String norms(Parameters gradients) {
    StringBuilder text = new StringBuilder();
    for (Layout.Entry entry : gradients.layout().entries()) {
      double sum = 0;
      for (float g : gradients.get(entry.name())) {
        sum += (double) g * g;
      }
      text.append(String.format(Locale.ROOT, "%s %.2g  ", entry.name(), Math.sqrt(sum)));
    }
    return text.toString().strip();
  }
}
