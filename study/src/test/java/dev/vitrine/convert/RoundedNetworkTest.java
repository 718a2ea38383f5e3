package dev.vitrine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose numbers are kept in 16 bits. */
class RoundedNetworkTest {
  private static final String LAYERS =
      "{\"name\": \"mine\", \"input\": [1, 8, 8], \"layers\": [{\"conv2d\": 4, \"kernel\": 3, \"bias\": false},"
          + " {\"batchnorm\": true}, \"relu\", \"flatten\", {\"linear\": 5}]}";

  @TempDir private Path box;

  private Model drawn() {
    NetworkSpec spec = NetworkFile.read(box.resolve("mine.json"));
    return Model.of(spec.layers(), spec.input(), Initializer.kaimingNormal(), Seed.of(3));
  }

  /** A checkpoint with these numbers. */
  private TrainedNetwork checkpoint(Model model) {
    NetworkSpec spec = NetworkFile.read(box.resolve("mine.json"));
    Path file = box.resolve("whole.safetensors");
    TrainedNetwork.of(spec, file, InputFacts.NONE).write(model, file);
    return TrainedNetwork.open(file, Optional.empty());
  }

  /** Everybody who opens the file computes with the same numbers, each the nearest. */
  @ParameterizedTest
  @CsvSource({
    "F16, h.safetensors",
    "BF16, h.safetensors",
    "F16, h.onnx",
    "BF16, h.onnx",
    "F16, h.npz",
    "F16, h.pth",
    "BF16, h.pth"
  })
  void eachNumberIsTheNearest(DType dtype, String name) throws IOException {
    Files.writeString(box.resolve("mine.json"), LAYERS);
    Model model = drawn();
    Path file = box.resolve(name);
    Conversion made = Conversion.of(checkpoint(model), file, Optional.of(dtype));
    Weights.read(file)
        .tensors()
        .forEach((tensor, stored) -> {
          assertThat(stored.dtype()).isEqualTo(dtype);
          float[] whole = model.parameters().get(tensor);
          float[] rounded = new float[whole.length];
          for (int i = 0; i < whole.length; i++) {
            rounded[i] = (float) nearest(whole[i], dtype);
          }
          assertThat(stored.floats()).isEqualTo(rounded);
        });
    assertThat(Weights.read(file).tensors().keySet())
        .containsAll(model.specs().stream().map(each -> each.name()).toList());
    assertThat(made.rounding().orElseThrow().difference()).isGreaterThan(0).isLessThan(0.01);
    boolean itself = !name.endsWith("npz") && !name.endsWith("pth");
    TrainedNetwork again =
        TrainedNetwork.open(
            file, itself ? Optional.empty() : Optional.of(box.resolve("mine.json").toString()));
    Model rounded = Rounded.of(model, dtype).model();
    float[] pixels = new float[64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 37 % 64) / 64f;
    }
    try (Predictor one = Predictor.of(rounded);
        Predictor other = again.predictor()) {
      assertThat(other.predict(pixels)).isEqualTo(one.predict(pixels));
    }
  }

  /** By arithmetic in double: a multiple of the last bit's weight, halves to the even one. */
  private static double nearest(double number, DType dtype) {
    int digits = dtype == DType.F16 ? 10 : 7;
    int least = dtype == DType.F16 ? -14 : -126;
    double unit = Math.scalb(1.0, Math.max(Math.getExponent(number), least) - digits);
    return Math.rint(number / unit) * unit;
  }

  /** Infinite weights compute nothing. */
  @Test
  void aNumberThatIsTooLargeIsRefused() throws IOException {
    Files.writeString(box.resolve("mine.json"), LAYERS);
    Model model = drawn();
    float[] weights = model.parameters().get("linear1.weight");
    weights[7] = 65520;
    model.parameters().set("linear1.weight", weights);
    TrainedNetwork network = checkpoint(model);
    Path file = box.resolve("h.safetensors");
    assertThatThrownBy(() -> Conversion.of(network, file, Optional.of(DType.F16)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "\"linear1.weight\" has the number 65520.0, but F16 ends at 65504: write BF16, which has the range of f32");
    assertThat(file).doesNotExist();
    Conversion.of(network, file, Optional.of(DType.BF16));
    assertThat(Weights.read(file).tensors().get("linear1.weight").floats()[7]).isEqualTo(65536);
    weights[7] = Float.MAX_VALUE;
    model.parameters().set("linear1.weight", weights);
    TrainedNetwork larger = checkpoint(model);
    assertThatThrownBy(() -> Conversion.of(larger, box.resolve("g.npz"), Optional.of(DType.BF16)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has the number 3.4028235E38, but BF16 ends at 3.39e38");
  }
}
