package dev.vitrine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.image.Normalisation;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of small whole numbers. */
class QuantisedTest {
  private static final String CHAIN =
      "{\"name\": \"chain\", \"input\": [1, 8, 8], \"layers\": [{\"conv2d\": 4, \"kernel\": 3},"
          + " \"relu\", \"flatten\", {\"linear\": 5}]}";

  private static final String NORMED =
      "{\"name\": \"normed\", \"input\": [3, 12, 12], \"layers\": [{\"conv2d\": 20, \"kernel\": 3, \"bias\": false},"
          + " {\"batchnorm\": true}, \"relu\", {\"residual\": [{\"conv2d\": 20, \"kernel\": 3, \"padding\": 1, \"groups\": 2},"
          + " \"relu\"]}, {\"maxpool2d\": 2}, \"flatten\", {\"linear\": 30}, \"relu\", {\"linear\": 5}]}";

  @TempDir private Path box;

  private TrainedNetwork drawn(String layers) throws IOException {
    Path file = Files.writeString(box.resolve("network.json"), layers);
    NetworkSpec spec = NetworkFile.read(file);
    Model model = Model.of(spec.layers(), spec.input(), Initializer.kaimingNormal(), Seed.of(5));
    Random random = new Random(9);
    model
        .specs()
        .forEach(each -> {
          float[] numbers = model.parameters().get(each.name());
          for (int i = 0; each.shape().rank() == 1 && i < numbers.length; i++) {
            numbers[i] += Math.abs((float) random.nextGaussian() / 4);
          }
          model.parameters().set(each.name(), numbers);
        });
    Path checkpoint = box.resolve("whole.safetensors");
    InputFacts facts =
        new InputFacts(Optional.of(Normalisation.of(0.4, 0.3)), Optional.empty(), Optional.empty());
    TrainedNetwork.of(spec, checkpoint, facts).write(model, checkpoint);
    return TrainedNetwork.open(checkpoint, Optional.empty());
  }

  private static Dataset pictures(Shape shape) {
    byte[] pixels = new byte[40 * shape.elements()];
    new Random(3).nextBytes(pixels);
    int[] labels = new int[40];
    Arrays.setAll(labels, i -> i % 5);
    return Dataset.of(
        "noise", shape, pixels, Targets.Classes.of(List.of("a", "b", "c", "d", "e"), labels));
  }

  private Path quantised(TrainedNetwork network) {
    Path file = box.resolve("small.onnx");
    try (Compute compute = new Compute(new ScalarKernels(), new Workers(1))) {
      Conversion.quantised(network, file, pictures(network.spec().input()), compute);
    }
    return file;
  }

  private static float[] example(TrainedNetwork network, int n) {
    float[] numbers = new float[network.spec().input().elements()];
    pictures(network.spec().input()).read(n, numbers);
    network.normalisation().apply(numbers, network.spec().input());
    return numbers;
  }

  /** Everybody agrees to the bit: there is nothing to round in sums of whole numbers. */
  @ParameterizedTest
  @ValueSource(strings = {CHAIN, NORMED})
  void allKernelsAndDoublePrecisionGiveTheSameBits(String layers) throws IOException {
    TrainedNetwork network = drawn(layers);
    Model small = TrainedNetwork.open(quantised(network), Optional.empty()).model();
    Model.Network graph = small.inference();
    try (Predictor before = network.predictor();
        Predictor scalar = Predictor.of(small, new ScalarKernels());
        Predictor best = Predictor.of(small, KernelChoice.best().kernels())) {
      for (int n = 0; n < 20; n++) {
        float[] x = example(network, n);
        Interpreter interpreter = new Interpreter(1).input(Model.INPUT, Computation.doubles(x));
        small
            .specs()
            .forEach(spec ->
                interpreter.parameter(
                    spec.name(), Computation.doubles(small.parameters().get(spec.name()))));
        double[] precise = interpreter.run(graph.graph()).of(graph.output(), 0);
        float[] plain = scalar.predict(x);
        assertThat(Computation.doubles(plain)).isEqualTo(precise);
        assertThat(best.predict(x)).isEqualTo(plain);
        assertThat(best.predict(new float[][] {x, x, x, x, x, x, x, x, x, x, x, x})[7])
            .isEqualTo(plain);
        float[] whole = before.predict(x);
        float scale = 0;
        for (float each : whole) {
          scale = Math.max(scale, Math.abs(each));
        }
        for (int i = 0; i < whole.length; i++) {
          assertThat(plain[i] - whole[i]).isBetween(-0.06f * scale, 0.06f * scale);
        }
      }
    }
  }

  /** The file's whole numbers, added up as such. */
  @Test
  void aPathOfWholeNumbersGivesTheSameBits() throws IOException {
    TrainedNetwork network = drawn(CHAIN);
    Path file = quantised(network);
    Map<String, StoredTensor> stored = Weights.read(file).tensors();
    long[] w1 = stored.get("conv1.weight").longs();
    long[] b1 = stored.get("conv1.bias").longs();
    float[] s1 = stored.get("conv1.weight.scale").floats();
    long[] w2 = stored.get("linear1.weight").longs();
    long[] b2 = stored.get("linear1.bias").longs();
    float[] s2 = stored.get("linear1.weight.scale").floats();
    float x1 = stored.get("conv1.grid.scale").floats()[0];
    float x2 = stored.get("linear1.grid.scale").floats()[0];
    assertThat(stored.get("conv1.weight").dtype().bytes()).isEqualTo(1);
    assertThat(stored.get("conv1.grid.zero_point").dtype().name()).isEqualTo("I8");
    assertThat(stored.get("linear1.grid.zero_point").dtype().name()).isEqualTo("U8");
    try (Predictor predictor = TrainedNetwork.open(file, Optional.empty()).predictor()) {
      for (int n = 0; n < 20; n++) {
        float[] x = example(network, n);
        int[] hidden = new int[4 * 36];
        for (int o = 0; o < 4; o++) {
          for (int p = 0; p < 36; p++) {
            int sum = (int) b1[o];
            for (int t = 0; t < 9; t++) {
              int at = (p / 6 + t / 3) * 8 + p % 6 + t % 3;
              sum += (int) w1[o * 9 + t] * whole(x[at], x1, -128, 127);
            }
            hidden[o * 36 + p] = whole(Math.max(sum * (s1[o] * x1), 0), x2, 0, 255);
          }
        }
        float[] y = new float[5];
        for (int o = 0; o < 5; o++) {
          int sum = (int) b2[o];
          for (int t = 0; t < hidden.length; t++) {
            sum += (int) w2[o * hidden.length + t] * hidden[t];
          }
          y[o] = sum * (s2[o] * x2);
        }
        assertThat(predictor.predict(x)).isEqualTo(y);
      }
    }
  }

  private static int whole(float number, float step, int least, int most) {
    return Math.clamp((long) Math.rint(number / step), least, most);
  }

  /** Of 1,024 terms of some 122 · 255 each single precision would lose the last bits of a sum. */
  @Test
  void aFilterThatCouldLeaveTheWholeNumbersHasACoarserStep() throws IOException {
    TrainedNetwork network =
        drawn(
            "{\"name\": \"wide\", \"input\": [1, 32, 32], \"layers\": [\"relu\", \"flatten\", {\"linear\": 2}]}");
    Model model = network.model();
    float[] weights = model.parameters().get("linear1.weight");
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i < 1024 ? 1.9f - i / 65536f : i == 1024 ? 1.9f : 1e-3f;
    }
    model.parameters().set("linear1.weight", weights);
    network.write(model, box.resolve("ones.safetensors"));
    TrainedNetwork ones = TrainedNetwork.open(box.resolve("ones.safetensors"), Optional.empty());
    StoredTensor scales = Weights.read(quantised(ones)).tensors().get("linear1.weight.scale");
    assertThat(scales.floats()).containsExactly(0x1p-5f, 0x1p-6f);
    long reach =
        Arrays.stream(
                Weights.read(box.resolve("small.onnx")).tensors().get("linear1.weight").longs())
            .limit(1024)
            .sum();
    assertThat(reach * 255).isBetween(1L << 23, 1L << 24);
  }

  @Test
  void howPicturesBecomeInputsIsKept() throws IOException {
    TrainedNetwork network = drawn(CHAIN);
    TrainedNetwork small = TrainedNetwork.open(quantised(network), Optional.empty());
    assertThat(small.inputs()).isEqualTo(network.inputs());
    assertThat(small.spec().input()).isEqualTo(network.spec().input());
  }

  @Test
  void whatCannotBeIsSaid() throws IOException {
    TrainedNetwork network = drawn(CHAIN);
    Dataset noise = pictures(network.spec().input());
    try (Compute compute = new Compute(new ScalarKernels(), new Workers(1))) {
      refused(
          () -> Conversion.quantised(network, box.resolve("a.safetensors"), noise, compute),
          "int8 is written as .onnx, which has a place for scales, but got "
              + box.resolve("a.safetensors"));
      Dataset other = pictures(Shape.of(1, 4, 4));
      refused(
          () -> Conversion.quantised(network, box.resolve("a.onnx"), other, compute),
          "noise has examples of (1, 4, 4), but the network expects (1, 8, 8)");
      Model model = network.model();
      float[] weights = model.parameters().get("linear1.weight");
      weights[3] = Float.NaN;
      model.parameters().set("linear1.weight", weights);
      network.write(model, box.resolve("nan.safetensors"));
      TrainedNetwork damaged =
          TrainedNetwork.open(box.resolve("nan.safetensors"), Optional.empty());
      refused(
          () -> Conversion.quantised(damaged, box.resolve("a.onnx"), noise, compute),
          "\"linear1.weight\" has a number that is NaN, which int8 cannot hold: the file is damaged,"
              + " or its training diverged");
      TrainedNetwork bare =
          drawn("{\"name\": \"bare\", \"input\": [1, 8, 8], \"layers\": [\"relu\", \"flatten\"]}");
      refused(
          () -> Conversion.quantised(bare, box.resolve("a.onnx"), noise, compute),
          "int8 is for the weights of convolutions and dense layers, but the network has none");
    }
    assertThat(box.resolve("a.onnx")).doesNotExist();
  }

  private static void refused(Runnable call, String sentence) {
    assertThatThrownBy(call::run).isInstanceOf(UserException.class).hasMessage(sentence);
  }
}
