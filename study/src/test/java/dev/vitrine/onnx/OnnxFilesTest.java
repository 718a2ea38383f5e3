package dev.vitrine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.image.Fitting;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.nn.Model;
import dev.vitrine.predict.Predictor;
import dev.vitrine.weights.onnx.OnnxModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Published ONNX files against what is known of them. */
class OnnxFilesTest {
  private static Path data(String... parts) {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Path path = Path.of(data, parts);
    assumeTrue(Files.exists(path), "VITRINE_DATA has no " + path.getFileName());
    return path;
  }

  private static Model model(String... parts) {
    return whole(data(parts));
  }

  private static byte[] unpacked(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(data("mnist", name)))) {
      return in.readAllBytes();
    }
  }

  /** To the file's own output, a softmax included. */
  private static Model whole(Path path) {
    OnnxModel file = OnnxModel.read(path);
    String output = file.graph().outputs().getFirst().name();
    return OnnxNetwork.of(file, Optional.of(output), Map.of());
  }

  /** How many of MNIST's first test images are read right, at {@code scale · pixel + shift}. */
  private static int mnist(Model model, double scale, double shift, int images) throws IOException {
    byte[] pixels = unpacked("t10k-images-idx3-ubyte.gz");
    byte[] labels = unpacked("t10k-labels-idx1-ubyte.gz");
    float[][] inputs = new float[images][784];
    for (int n = 0; n < images; n++) {
      for (int k = 0; k < 784; k++) {
        inputs[n][k] = (float) (scale * Byte.toUnsignedInt(pixels[16 + n * 784 + k]) + shift);
      }
    }
    return right(model, inputs, n -> labels[8 + n]);
  }

  /** Many at once: a batch of one costs what sixteen cost. */
  private static int right(Model model, float[][] inputs, IntUnaryOperator label) {
    try (Predictor predictor = Predictor.of(model)) {
      float[][] scores = predictor.predict(inputs);
      return (int)
          IntStream.range(0, inputs.length)
              .filter(n -> best(scores[n]) == label.applyAsInt(n))
              .count();
    }
  }

  private static int best(float[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      best = scores[k] > scores[best] ? k : best;
    }
    return best;
  }

  @Test
  void cntksMnistNetworkReadsPixelsAsTheyAre() throws IOException {
    assertThat(mnist(model("models", "mnist-8.onnx"), 1, 0, 2000)).isEqualTo(1968);
  }

  @Test
  void todaysExportWithExternalDataAndASymbolForTheBatch() throws IOException {
    Model model = model("models", "others", "external", "mnist.onnx");
    assertThat(mnist(model, 2.0 / 255, -1, 10_000)).isEqualTo(9737);
  }

  @Test
  void aNetworkOfHalvesNamesThePictures() {
    Model model = model("models", "others", "winml_SqueezeNet_fp16.onnx");
    assertThat(model.output().elements()).isEqualTo(1000);
    try (Predictor predictor = Predictor.of(model)) {
      // Stated of half precision, where numbers from 0.5 on are 0.0005 apart; the JPEG's pixels
      // depend on who decodes them.
      assertThat(predictor.predict(caffe("laska.png", model))[356])
          .isCloseTo(0.918f, within(1e-3f));
      float[] poodle = predictor.predict(caffe("poodle.png", model));
      assertThat(poodle[266]).isCloseTo(0.517f, within(1e-3f));
      assertThat(poodle[265]).isCloseTo(0.445f, within(1e-3f));
      assertThat(predictor.predict(caffe("tiger.jpeg", model))[292])
          .isCloseTo(0.940f, within(3e-3f));
    }
  }

  /** The centre of a picture as Caffe's networks take it: blue, green, red, less their means. */
  private static float[] caffe(String name, Model model) {
    Raster picture = ImageFile.read(data("alexnet", name), 255).picture();
    Preprocessing caffe = Preprocessing.CAFFE.fitted(Fitting.Way.CROP);
    return caffe.numbers(caffe.view(picture, model.input()), model.input());
  }

  @Test
  void ovalsCifarNetworkIsAsGoodAsItsOtherFileSays() throws IOException {
    Model model = model("models", "others", "oval21_cifar_base_kw.onnx");
    byte[] records = Files.readAllBytes(data("cifar10", "data_batch_1_first4000.bin"));
    float[] means = {0.485f, 0.456f, 0.406f};
    float[][] inputs = new float[4000][3072];
    for (int n = 0; n < inputs.length; n++) {
      for (int k = 0; k < 3072; k++) {
        int value = Byte.toUnsignedInt(records[n * 3073 + 1 + k]);
        inputs[n][k] = (value / 255f - means[k / 1024]) / 0.225f;
      }
    }
    assertThat(right(model, inputs, n -> records[n * 3073])).isEqualTo(2435);
  }

  /** Three of the nine, for time: with grouped and dense connections, and the smallest. */
  @Test
  void lightNetworksAnswerAsOnnxSays() {
    for (String name : List.of("squeezenet", "shufflenet", "densenet121")) {
      Path folder = data("onnx-backend-tests", "light");
      Model model = whole(folder.resolve("light_%s.onnx".formatted(name)));
      float[] expected =
          OnnxModel.tensor(folder.resolve("light_%s_output_0.pb".formatted(name))).floats();
      float[] input = new float[model.input().elements()];
      for (int k = 0; k < input.length; k++) {
        input[k] = (float) k / input.length;
      }
      try (Predictor predictor = Predictor.of(model)) {
        float[] got = predictor.predict(input);
        for (int k = 0; k < expected.length; k++) {
          assertThat((double) got[k])
              .as(name)
              .isCloseTo(expected[k], within(1e-7 + 1e-3 * Math.abs(expected[k])));
        }
      }
    }
  }
}
