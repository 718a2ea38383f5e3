package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A predictor that turns a model's numbers where they lie answers as one that copies them, in
 * whatever order batches ask for them turned or as they were.
 */
class TakenModelTest {
  private static final Shape IMAGE = Shape.of(3, 12, 12);

  static List<Layer> networks() {
    return List.of(
        Sequential.of(
            Conv2d.of(32, 3).padding(1), // its products are Winograd's
            Activation.relu(),
            Conv2d.of(48, 3).stride(2), // turned in place
            Conv2d.of(20, 1), // fills no vector
            Flatten.of(),
            Linear.of(64),
            Activation.relu(),
            Linear.of(10)),
        Sequential.of(
            Conv2d.of(16, 3).padding(1).bias(false),
            BatchNorm2d.of(),
            Activation.relu(),
            Conv2d.of(32, 2).stride(2),
            BatchNorm2d.of(),
            Flatten.of(),
            Linear.of(16)));
  }

  private static float[][] images(int count) {
    float[][] images = new float[count][];
    Arrays.setAll(images, n -> DrawnModel.example(IMAGE, Seed.of(n)));
    return images;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theAnswersAreThoseOfACopy(Layer network) {
    for (List<Integer> order : List.of(List.of(1, 17, 3, 16), List.of(17, 1, 16, 3))) {
      try (Predictor copy = Predictor.of(model(network));
          Predictor taken = Predictor.taking(model(network), KernelChoice.best().kernels())) {
        for (int batch : order) {
          assertThat(taken.predict(images(batch)))
              .as("batch %s of %s", batch, order)
              .isDeepEqualTo(copy.predict(images(batch)));
        }
        assertThat(taken.layer("conv1").read(images(9)))
            .isDeepEqualTo(copy.layer("conv1").read(images(9)));
        assertThat(taken.layer("conv2").read(images(2)))
            .isDeepEqualTo(copy.layer("conv2").read(images(2)));
      }
    }
  }

  private static Model model(Layer network) {
    return DrawnModel.of(network, IMAGE, Seed.of(3));
  }
}
