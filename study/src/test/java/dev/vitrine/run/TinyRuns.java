package dev.vitrine.run;

import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.format.Json;
import dev.vitrine.format.Safetensors;
import dev.vitrine.notation.Initializers;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.train.TrainingState;
import dev.vitrine.workload.SyntheticImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs of a small network that take a moment. */
final class TinyRuns {
  /** With dropout, so that random numbers matter too. */
  private static final String NETWORK =
      """
      {"name": "tiny", "input": [1, 8, 8],
       "layers": [{"conv2d": 4, "kernel": 3}, "relu", {"maxpool2d": 2}, "flatten",
                  {"dropout": 0.2}, {"linear": 10}]}
      """;

  private TinyRuns() {}

  static Dataset images(int count, long seed) {
    return SyntheticImages.of(Shape.of(1, 8, 8), count, Seed.of(seed));
  }

  static DataSplits splits() {
    return DataSplits.of(images(130, 1), images(40, 2));
  }

  /** Trains until so many steps are done. */
  static boolean train(Run run, long steps) {
    TrainingControl control = new TrainingControl();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void step(StepSummary summary) {
            if (summary.step() >= steps) {
              control.stop();
            }
          }
        };
    if (steps == 0) {
      control.stop();
    }
    return run.train(stopper, control, Duration.ofDays(1));
  }

  /** Three epochs of 24 steps, the last batch of each being smaller. */
  static RunConfig config(double learningRate) {
    return config(Sgd.of(learningRate).momentum(0.9).weightDecay(0.0005));
  }

  static RunConfig config(Optimizer optimizer) {
    return new RunConfig(
        "vitrine train",
        new RunNetwork(
            "tiny.json",
            Optional.of(Json.parse(NETWORK, "tiny.json")),
            Initializers.parse("kaiming-normal")),
        new RunData(
            "synthetic",
            Optional.empty(),
            new RunData.Use(0, 0, 0.1, Optional.empty()),
            DataFacts.NONE),
        Recipe.of(optimizer)
            .schedule(new Schedule.Exponential(0.99))
            .batchSize(5)
            .epochs(3)
            .biasRate(2)
            .decayBiases(false)
            .seed(Seed.of(7)));
  }

  /** What a checkpoint says of its training. */
  static RunConfig noted(Path checkpoint) {
    try (Safetensors tensors = Safetensors.open(checkpoint)) {
      return CheckpointNotes.config(checkpoint, tensors.metadata()).orElseThrow();
    }
  }

  /** Makes a checkpoint one of those that did not say what their training computes. */
  static void forgetConfig(Path checkpoint) {
    RunConfig config = noted(checkpoint);
    TrainingState state =
        Checkpoint.read(checkpoint, config.newModel(), config.recipe().optimizer().state());
    Map<String, String> notes = new HashMap<>();
    try (Safetensors tensors = Safetensors.open(checkpoint)) {
      notes.putAll(tensors.metadata());
    }
    notes.remove("config");
    Checkpoint.write(checkpoint, state, notes);
  }
}
