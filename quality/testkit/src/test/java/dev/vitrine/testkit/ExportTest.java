package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks written as ONNX and read again. */
class ExportTest {
  private static final double TOLERANCE = 1e-6;

  /** What ONNX has only by other sums. */
  private static final Set<String> OTHER_SUMS =
      Set.of(
          "AvgPool2d(3×3, stride 2, padding 1, ceil)",
          "AdaptiveAvgPool2d(3×3)",
          "AdaptiveAvgPool2d(4×7)",
          "LocalResponseNorm(4, alpha 0.5/4, beta 0.5, bias 1)");

  @TempDir Path folder;

  static List<SlimNetwork> networks() {
    return SlimNetwork.all();
  }

  static List<Map.Entry<Layer, int[]>> layers() {
    return List.copyOf(LayerCases.layers().entrySet());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyNetworkOfTheZooComesBack(SlimNetwork network) {
    comesBack(network.name(), network.layers(), network.input());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void everyLayerComesBack(Map.Entry<Layer, int[]> layer) {
    comesBack(layer.getKey().toString(), layer.getKey(), Shape.of(layer.getValue()));
  }

  private void comesBack(String name, Layer network, Shape input) {
    Model model = DrawnModel.of(network, input, Seed.of(5));
    Path file = folder.resolve("network.onnx");
    OnnxFile.write(model, file);
    assertThat(OnnxRules.faults(OnnxModel.read(file))).isEmpty();
    Model again = OnnxNetwork.read(file, Optional.of("output"));
    assertThat(again.input()).isEqualTo(input);
    try (Predictor before = Predictor.of(model);
        Predictor after = Predictor.of(again)) {
      for (int n = 0; n < 3; n++) {
        float[] example = DrawnModel.example(input, Seed.of(n));
        float[] expected = before.predict(example);
        float[] got = after.predict(example);
        assertThat(difference(got, expected))
            .as(name)
            .isLessThanOrEqualTo(OTHER_SUMS.contains(name) ? TOLERANCE : 0);
      }
    }
  }

  /** The largest difference, as a part of the largest number. */
  private static double difference(float[] got, float[] expected) {
    assertThat(got).hasSameSizeAs(expected);
    double largest = 0;
    double difference = 0;
    for (int k = 0; k < got.length; k++) {
      largest = Math.max(largest, Math.abs(expected[k]));
      difference = Math.max(difference, Math.abs((double) got[k] - expected[k]));
    }
    return difference == 0 ? 0 : difference / largest;
  }
}
