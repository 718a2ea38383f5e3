package dev.vitrine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.vitrine.convert.Conversion;
import dev.vitrine.data.Dataset;
import dev.vitrine.format.DType;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import dev.vitrine.testkit.DrawnModel;
import dev.vitrine.workload.SyntheticImages;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of fewer bits, run by ONNX Runtime. */
class SmallNumbersTest {
  private static final int EXAMPLES = 32;

  @TempDir private Path box;

  private TrainedNetwork drawn(NetworkSpec spec) {
    Model model = DrawnModel.of(spec.layers(), spec.input(), Seed.of(4));
    Path file = box.resolve("whole.safetensors");
    TrainedNetwork.of(spec, file, InputFacts.NONE).write(model, file);
    return TrainedNetwork.open(file, Optional.empty());
  }

  private static float[][] examples(Dataset data, TrainedNetwork network) {
    float[][] examples = new float[EXAMPLES][network.spec().input().elements()];
    for (int n = 0; n < EXAMPLES; n++) {
      data.read(n, examples[n]);
      network.normalisation().apply(examples[n], network.spec().input());
    }
    return examples;
  }

  private static float[][] theirs(Path file, OptLevel level, Shape input, float[][] examples)
      throws OrtException {
    float[] batch = new float[EXAMPLES * input.elements()];
    for (int n = 0; n < EXAMPLES; n++) {
      System.arraycopy(examples[n], 0, batch, n * input.elements(), input.elements());
    }
    long[] dims =
        IntStream.concat(IntStream.of(EXAMPLES), Arrays.stream(input.sizes()))
            .asLongStream()
            .toArray();
    try (OnnxRuntime runtime = OnnxRuntime.of(file, level)) {
      float[] all = runtime.run(dims, batch).get("output").numbers();
      int each = all.length / EXAMPLES;
      return IntStream.range(0, EXAMPLES)
          .mapToObj(n -> Arrays.copyOfRange(all, n * each, (n + 1) * each))
          .toArray(float[][]::new);
    }
  }

  /** How far apart, as a part of the largest. */
  private static double apart(float[][] a, float[][] b) {
    double most = 0;
    double largest = 0;
    for (int n = 0; n < a.length; n++) {
      for (int k = 0; k < a[n].length; k++) {
        most = Math.max(most, Math.abs((double) a[n][k] - b[n][k]));
        largest = Math.max(largest, Math.abs(a[n][k]));
      }
    }
    return most / largest;
  }

  private static long agreeing(float[][] a, float[][] b) {
    return IntStream.range(0, a.length).filter(n -> best(a[n]) == best(b[n])).count();
  }

  private static int best(float[] row) {
    return IntStream.range(0, row.length).reduce(0, (i, j) -> row[j] > row[i] ? j : i);
  }

  /**
   * Sums of whole numbers are exact there, too: the same bits, unless something between them is
   * not, such as a mean. Rewritten to arithmetic with bytes, a number may go to the next step.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet, 1, 28, 0",
    "mlp, 1, 28, 0",
    "cnn32-64, 1, 28, 0",
    "lenet5-relu-cifar, 3, 32, 1e-2",
    "resnet18, 3, 32, 3e-2"
  })
  void wholeNumbersAgree(String name, int channels, int size, double limit) throws OrtException {
    NetworkSpec spec = Zoo.find(name, Shape.of(channels, size, size), 10);
    TrainedNetwork network = drawn(spec);
    Dataset data = SyntheticImages.of(spec.input(), 128, Seed.of(6));
    Path file = box.resolve("small.onnx");
    try (Compute compute = new Compute(KernelChoice.best().kernels(), new Workers(1))) {
      Conversion.quantised(network, file, data, compute);
    }
    float[][] examples = examples(data, network);
    float[][] ours;
    float[][] whole;
    try (Predictor small = TrainedNetwork.open(file, Optional.empty()).predictor();
        Predictor before = network.predictor()) {
      ours = small.predict(examples);
      whole = before.predict(examples);
    }
    float[][] plain = theirs(file, OptLevel.NO_OPT, spec.input(), examples);
    float[][] bytes = theirs(file, OptLevel.ALL_OPT, spec.input(), examples);
    System.out.printf(
        Locale.ROOT,
        "%s: ours and theirs %.1e, with arithmetic of bytes %.1e (top 1 equal in %d of %d); to the whole network %.1e (%d)%n",
        name,
        apart(ours, plain),
        apart(ours, bytes),
        agreeing(ours, bytes),
        EXAMPLES,
        apart(ours, whole),
        agreeing(ours, whole));
    assertThat(apart(ours, plain)).isLessThanOrEqualTo(limit);
    assertThat(apart(ours, bytes)).isLessThan(0.1);
  }

  @ParameterizedTest
  @CsvSource({"lenet, F16", "lenet, BF16", "resnet18, F16"})
  void halvesAgree(String name, DType dtype) throws OrtException {
    NetworkSpec spec = Zoo.find(name, Zoo.find("lenet").input(), 10);
    TrainedNetwork network = drawn(spec);
    Dataset data = SyntheticImages.of(spec.input(), EXAMPLES, Seed.of(6));
    Path file = box.resolve("half.onnx");
    Conversion.of(network, file, Optional.of(dtype));
    float[][] examples = examples(data, network);
    try (Predictor half = TrainedNetwork.open(file, Optional.empty()).predictor()) {
      float[][] ours = half.predict(examples);
      float[][] plain = theirs(file, OptLevel.NO_OPT, spec.input(), examples);
      assertThat(apart(ours, plain)).isLessThan(1e-5);
    }
  }
}
