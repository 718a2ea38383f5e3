package dev.vitrine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.format.Npz;
import dev.vitrine.format.TensorData;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.Trainer;
import dev.vitrine.transfer.Convention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file as Theano and MATLAB would have written it: flipped filters, classes from 1. */
class ProbeTest {
  private static final int SIDE = 8;
  private static final int CLASSES = 4;
  private static final String NETWORK =
      "{\"input\": [1, 8, 8], \"layers\": [{\"conv2d\": 4, \"kernel\": 3}, \"relu\", \"flatten\","
          + " {\"linear\": 4}]}";

  @TempDir private Path box;

  /** A bright ramp in one of four directions. */
  private static Dataset ramps(int count, long seed) {
    RandomStream random = Seed.of(seed).stream("ramps");
    byte[] labels = new byte[count];
    byte[] pixels = new byte[count * SIDE * SIDE];
    for (int n = 0; n < count; n++) {
      labels[n] = (byte) (n % CLASSES);
      for (int k = 0; k < SIDE * SIDE; k++) {
        int[] along = {k % SIDE, SIDE - 1 - k % SIDE, k / SIDE, SIDE - 1 - k / SIDE};
        int at = n * SIDE * SIDE + k;
        pixels[at] = (byte) (20 * along[n % CLASSES] + (int) (90 * random.uniform(at)));
      }
    }
    return Dataset.of(
        "ramps", Shape.of(1, SIDE, SIDE), pixels, labels, List.of("a", "b", "c", "d"));
  }

  private static float[] turned(ParameterSpec spec, float[] values) {
    float[] other = values.clone();
    if (spec.name().equals("conv1.weight")) {
      for (int i = 0; i < values.length; i++) {
        other[i] = values[i / 9 * 9 + 8 - i % 9];
      }
    } else if (spec.name().startsWith("linear1")) { // output k becomes that of class k + 1
      int row = values.length / CLASSES;
      for (int i = 0; i < values.length; i++) {
        other[i] = values[(i / row + 1) % CLASSES * row + i % row];
      }
    }
    return other;
  }

  @Test
  void findsWhatWasDone() throws IOException {
    Path network = Files.writeString(box.resolve("mine.json"), NETWORK);
    Model model =
        Model.of(
            NetworkFile.read(network).layers(),
            Shape.of(1, SIDE, SIDE),
            Initializer.kaimingNormal(),
            Seed.of(3));
    Normalisation ranged = Normalisation.of(0.5, 0.5);
    Recipe recipe = Recipe.of(Sgd.of(0.05)).normalisation(ranged).epochs(6);
    Trainer.of(model, recipe.optimizer()).recipe(recipe).threads(1).fit(ramps(400, 1));
    List<TensorData> tensors = new ArrayList<>();
    for (ParameterSpec spec : model.specs()) {
      float[] values = turned(spec, model.parameters().get(spec.name()));
      tensors.add(TensorData.floats(spec.name(), spec.shape(), values));
    }
    Npz.write(box.resolve("a.npz"), tensors);
    TrainedNetwork file =
        TrainedNetwork.open(box.resolve("a.npz"), Optional.of(network.toString()));
    try (Compute compute = Compute.of(1)) {
      Probe probe = Probe.of(file, ramps(200, 2), compute, _ -> {});
      assertThat(probe.accuracy(probe.best())).isGreaterThan(0.95);
      assertThat(probe.best().conventions().classes()).containsExactly(1, 2, 3, 0);
      assertThat(probe.alike()).contains(probe.best()).hasSizeLessThan(probe.trials().size() / 2);
      // A ramp goes down where its inverse goes up, as a filter's does once it is flipped.
      assertThat(probe.alike())
          .anyMatch(trial ->
              trial.normalisation().equals(ranged)
                  && trial.conventions().said().contains(Convention.FLIP))
          .noneMatch(trial ->
              trial.normalisation().equals(ranged) && trial.conventions().said().isEmpty());
      Probe.Trial plain =
          probe.trials().stream()
              .filter(trial -> trial.conventions().said().equals(Set.of()))
              .filter(trial -> trial.conventions().classes().isEmpty())
              .filter(trial -> trial.normalisation().equals(ranged))
              .findFirst()
              .orElseThrow();
      assertThat(probe.accuracy(plain)).isLessThan(0.5);

      TrainedNetwork said = file.normalised(ranged);
      Probe narrower = Probe.of(said, ramps(200, 2), compute, _ -> {});
      assertThat(narrower.trials()).allMatch(trial -> trial.normalisation().equals(ranged));
      assertThat(narrower.best().conventions().said()).contains(Convention.FLIP);
    }
  }

  /** A dark dot on white, in one of four places. */
  private static Dataset dots(int count) {
    byte[] labels = new byte[count];
    byte[] pixels = new byte[count * CLASSES];
    Arrays.fill(pixels, (byte) 255);
    for (int n = 0; n < count; n++) {
      labels[n] = (byte) (n % CLASSES);
      pixels[n * CLASSES + n % CLASSES] = (byte) (n % 50);
    }
    return Dataset.of("dots", Shape.of(1, 2, 2), pixels, labels, List.of("a", "b", "c", "d"));
  }

  @Test
  void findsThatPicturesAreInverted() throws IOException {
    Path network =
        Files.writeString(
            box.resolve("dots.json"),
            "{\"input\": [1, 2, 2], \"layers\": [\"flatten\", {\"linear\": 4}]}");
    float[] sees = new float[CLASSES * CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      sees[k * CLASSES + k] = 1;
    }
    Npz.write(
        box.resolve("b.npz"),
        List.of(
            TensorData.floats("linear1.weight", Shape.of(CLASSES, CLASSES), sees),
            TensorData.floats("linear1.bias", Shape.of(CLASSES), new float[CLASSES])));
    TrainedNetwork file =
        TrainedNetwork.open(box.resolve("b.npz"), Optional.of(network.toString()));
    try (Compute compute = Compute.of(1)) {
      Probe probe = Probe.of(file, dots(100), compute, _ -> {});
      assertThat(probe.accuracy(probe.best())).isEqualTo(1);
      assertThat(probe.best().normalisation()).isEqualTo(Normalisation.UNIT.inverted());
    }
  }
}
