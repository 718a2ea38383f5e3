package dev.vitrine.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.Npy;
import dev.vitrine.format.Pth;
import dev.vitrine.format.TensorData;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.parity.Agreement.Reference;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
  private static final String LINEAR =
      """
      {"name": "small", "input": [4], "layers": [{"linear": 6, "bias": false}]}
      """;

  private static final float[] WEIGHTS = weights();

  @TempDir private Path box;

  private static float[] weights() {
    float[] weights = new float[24];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.sin(1 + i * i);
    }
    return weights;
  }

  /** A state dictionary and its network. */
  private TrainedNetwork linear() throws IOException {
    Path file = box.resolve("small.pth");
    Pth.write(file, List.of(TensorData.floats("weight", Shape.of(6, 4), WEIGHTS)));
    Path network = Files.writeString(box.resolve("small.json"), LINEAR);
    return TrainedNetwork.open(file, Optional.of(network.toString()));
  }

  /** The linear network, by hand in double precision. */
  private static double[] byHand(float[] x) {
    double[] y = new double[6];
    for (int o = 0; o < 6; o++) {
      for (int i = 0; i < 4; i++) {
        y[o] += (double) WEIGHTS[o * 4 + i] * x[i];
      }
    }
    return y;
  }

  @Test
  void theDifferenceIsThatOfThePlanAndOfDoublePrecision() throws IOException {
    float[] x = {0.1f, -0.7f, 1.3f, 0.01f};
    Npy.write(box.resolve("input_0.npy"), Shape.of(1, 4), x);
    Certificate certificate = Certificate.of(linear(), box);
    double absolute = 0;
    double largest = 0;
    try (Predictor predictor = linear().predictor()) {
      float[] got = predictor.predict(x);
      for (int o = 0; o < 6; o++) {
        absolute = Math.max(absolute, Math.abs(got[o] - byHand(x)[o]));
        largest = Math.max(largest, Math.abs(byHand(x)[o]));
      }
    }
    assertThat(absolute).isPositive();
    assertThat(certificate.outputs())
        .containsExactly(
            new Agreement(
                "output", Reference.DOUBLE, 1, absolute, absolute / largest, Optional.of(1)));
  }

  @Test
  void whatIsStoredOtherwiseShows() throws IOException {
    float[] x = {1, 0, 0, 0, 0, 1, 0, 0};
    float[] y = new float[12];
    for (int o = 0; o < 6; o++) {
      y[o] = WEIGHTS[o * 4];
      y[6 + o] = WEIGHTS[o * 4 + 1];
    }
    y[7] += 8;
    Npy.write(box.resolve("input_0.npy"), Shape.of(2, 4), x);
    Npy.write(box.resolve("output_0.npy"), Shape.of(2, 6), y);
    Agreement stored = Certificate.of(linear(), box).outputs().getLast();
    assertThat(stored.against()).isEqualTo(Reference.STORED);
    assertThat(stored.examples()).isEqualTo(2);
    assertThat(stored.absolute()).isCloseTo(8, within(1e-6));
    assertThat(stored.relative()).isCloseTo(8 / (double) y[7], within(1e-6));
    assertThat(stored.top5()).contains(1);
  }

  @Test
  void aNumberThatIsNoneIsInfinitelyOff() throws IOException {
    float[] y = new float[6];
    y[3] = Float.NaN;
    Npy.write(box.resolve("input_0.npy"), Shape.of(1, 4), new float[4]);
    Npy.write(box.resolve("output_0.npy"), Shape.of(1, 6), y);
    Certificate certificate = Certificate.of(linear(), box);
    assertThat(certificate.relative()).isInfinite();
    assertThat(Json.line(certificate.toJson()))
        .contains("\"largest_difference\":\"Infinity\"", "\"largest_difference\":0.0");
  }

  private TrainedNetwork onnx(Path file) {
    Model model =
        Model.of(
            Sequential.of(Conv2d.of(4, 3), Activation.gelu(), Flatten.of(), Linear.of(7)),
            Shape.of(2, 6, 6),
            Initializer.kaimingNormal(),
            Seed.of(1));
    OnnxFile.write(model, file);
    return TrainedNetwork.open(file, Optional.empty());
  }

  @Test
  void drawnInputsGoThroughAnOnnxFileAndTheSameSeedGivesTheSame() {
    TrainedNetwork network = onnx(box.resolve("net.onnx"));
    Certificate certificate = Certificate.of(network, 3, Seed.of(5));
    Agreement only = certificate.outputs().getFirst();
    assertThat(certificate.outputs()).hasSize(1);
    assertThat(only.relative()).isPositive().isLessThan(1e-5);
    assertThat(only.top5()).contains(3);
    assertThat(Certificate.of(network, 3, Seed.of(5))).isEqualTo(certificate);
    assertThat(Certificate.of(network, 3, Seed.of(6)).outputs())
        .isNotEqualTo(certificate.outputs());
    assertThat(certificate.toJson().keySet())
        .containsExactly("file", "network", "parameters_hash", "inputs", "outputs");
    assertThat(only.toJson().keySet())
        .containsExactly(
            "output",
            "against",
            "examples",
            "largest_difference",
            "largest_relative_difference",
            "top5_agree");
    assertThat(certificate.table().rows().getFirst())
        .startsWith("output", "double precision", "3")
        .endsWith("3 of 3");
  }

  @Test
  void whatCannotBeComparedIsSaid() throws IOException {
    assertThatThrownBy(() -> Certificate.of(linear(), box))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "There is no input_0.pb or input_0.npy in %s: expected a folder with a network's inputs",
            box);
    Npy.write(box.resolve("input_0.npy"), Shape.of(5), new float[5]);
    assertThatThrownBy(() -> Certificate.of(linear(), box))
        .isInstanceOf(UserException.class)
        .hasMessage("input_0 in %s expects examples of (4), but has 5 numbers", box);
    assertThatThrownBy(() -> Certificate.of(linear(), 0, Seed.of(1)))
        .isInstanceOf(UserException.class)
        .hasMessage("The number of random inputs expects 1 or more, but got 0");
  }

  /** ONNX's own cases, with the tolerance of its runner. */
  @Test
  void storedOutputsOfOthersAgree() {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Path node = Path.of(data, "onnx-backend-tests", "node");
    assumeTrue(Files.isDirectory(node), "VITRINE_DATA has no onnx-backend-tests");
    for (String name :
        new String[] {"test_add", "test_averagepool_2d_default", "test_averagepool_2d_ceil"}) {
      Path folder = node.resolve(name);
      TrainedNetwork network = TrainedNetwork.open(folder.resolve("model.onnx"), Optional.empty());
      Certificate certificate = Certificate.of(network, folder);
      assertThat(certificate.outputs()).as(name).hasSize(2);
      assertThat(certificate.relative()).as(name).isLessThan(1e-6);
    }
  }
}
