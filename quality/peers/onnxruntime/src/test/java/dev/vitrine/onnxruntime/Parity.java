package dev.vitrine.onnxruntime;

import ai.onnxruntime.OrtException;
import dev.vitrine.nn.Model;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.testkit.DrawnModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a network's outputs agree with those of ONNX Runtime, which runs what is exported of it.
 *
 * @param absolute the largest difference
 * @param relative that, as a part of the largest output
 * @param top5 whether the five largest outputs are the same in the same order, for all examples
 * @param same whether the file, read again, gives the same bits as the network
 */
record Parity(double absolute, double relative, boolean top5, boolean same) {
  private static final int EXAMPLES = 2;

  /** Compares on a batch of examples that are drawn. */
  static Parity of(Model model, Path file) throws OrtException {
    OnnxFile.write(model, file);
    int size = model.input().elements();
    float[] batch = new float[EXAMPLES * size];
    float[][] examples = new float[EXAMPLES][];
    for (int n = 0; n < EXAMPLES; n++) {
      examples[n] = DrawnModel.example(model.input(), Seed.of(n));
      System.arraycopy(examples[n], 0, batch, n * size, size);
    }
    long[] dims =
        IntStream.concat(IntStream.of(EXAMPLES), Arrays.stream(model.input().sizes()))
            .asLongStream()
            .toArray();
    float[] theirs;
    try (OnnxRuntime runtime = OnnxRuntime.of(file)) {
      theirs = runtime.run(dims, batch).get("output").numbers();
    }
    float[][] ours = predictions(model, examples);
    float[][] again = predictions(OnnxNetwork.read(file, Optional.of("output")), examples);
    return compare(ours, theirs, Arrays.deepEquals(ours, again));
  }

  private static float[][] predictions(Model model, float[][] examples) {
    try (Predictor predictor = Predictor.of(model)) {
      return predictor.predict(examples);
    }
  }

  private static Parity compare(float[][] ours, float[] theirs, boolean same) {
    int outputs = ours[0].length;
    if (theirs.length != ours.length * outputs) {
      throw new AssertionError("%s numbers came out".formatted(theirs.length));
    }
    double largest = 0;
    double absolute = 0;
    boolean top5 = true;
    for (int n = 0; n < ours.length; n++) {
      float[] row = Arrays.copyOfRange(theirs, n * outputs, (n + 1) * outputs);
      for (int k = 0; k < outputs; k++) {
        largest = Math.max(largest, Math.abs(row[k]));
        double difference = Math.abs((double) ours[n][k] - row[k]);
        absolute = Math.max(absolute, Double.isNaN(difference) ? Double.MAX_VALUE : difference);
      }
      top5 &= Arrays.equals(top(ours[n]), top(row));
    }
    return new Parity(absolute, absolute == 0 ? 0 : absolute / largest, top5, same);
  }

  private static int[] top(float[] row) {
    return IntStream.range(0, row.length)
        .boxed()
        .sorted((a, b) -> Float.compare(row[b], row[a]))
        .limit(5)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
