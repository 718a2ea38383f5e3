package dev.vitrine.pages;

import dev.vitrine.data.Dataset;
import dev.vitrine.format.DType;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.predict.Predictor;
import dev.vitrine.vision.model.EmbeddedDigits;
import dev.vitrine.vision.model.Reliability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that has learned, on its way into the resource.
 *
 * @param model its numbers rounded to half precision, as they are stored
 * @param temperature by which its scores are divided
 */
record Taught(Model model, double temperature) {
  private static final float LEVELS = 255;

  /** Rounds a model's numbers, and fits its temperature on cuts it has not learned from. */
  static Taught of(Model model, Dataset validation) {
    for (ParameterSpec spec : model.specs()) {
      float[] values = model.parameters().get(spec.name());
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
      }
      model.parameters().set(spec.name(), values);
    }
    try (Predictor predictor = Predictor.of(model)) {
      float[][] scores = predictor.predict(inputs(validation));
      return new Taught(model, Calibration.temperature(scores, labels(validation)));
    }
  }

  /**
   * Writes the networks that vote in half precision, with the texts that {@link EmbeddedDigits}
   * reads, and with how often they are right together of cuts they have not learned from.
   */
  static void write(Path file, List<Taught> voters, Dataset validation, String origin)
      throws IOException {
    write(file, voters, List.of(), origin);
    try (EmbeddedDigits read =
        EmbeddedDigits.of(Files.readAllBytes(file), KernelChoice.best().kernels())) {
      float[][] shares = read.probabilities(inputs(validation));
      write(file, voters, Calibration.reliability(shares, labels(validation)), origin);
    }
  }

  private static void write(
      Path file, List<Taught> voters, List<Calibration.Bin> bins, String origin) {
    List<TensorData> tensors = new ArrayList<>();
    Map<String, String> texts = new HashMap<>();
    for (int number = 1; number <= voters.size(); number++) {
      Taught voter = voters.get(number - 1);
      Model model = voter.model;
      for (ParameterSpec spec : model.specs()) {
        tensors.add(half(EmbeddedDigits.tensorName(number, spec.name()), model, spec));
      }
      NetworkSpec spec = new NetworkSpec("reader", "reader", model.input(), model.network());
      texts.put(EmbeddedDigits.NETWORK + number, NetworkFile.text(spec));
      texts.put(EmbeddedDigits.TEMPERATURE + number, Double.toString(voter.temperature));
    }
    texts.put("origin", origin);
    if (!bins.isEmpty()) {
      List<Reliability> reliability =
          bins.stream()
              .map(bin -> new Reliability(bin.confidence(), bin.accuracy(), bin.count()))
              .toList();
      texts.put(EmbeddedDigits.RELIABILITY, Reliability.text(reliability));
    }
    Safetensors.write(file, tensors, texts);
  }

  private static TensorData half(String name, Model model, ParameterSpec spec) {
    float[] values = model.parameters().get(spec.name());
    return TensorData.of(
        name,
        DType.F16,
        spec.shape(),
        (chunk, from, count) -> {
          for (int i = 0; i < count; i++) {
            chunk.putShort(2 * i, Float.floatToFloat16(values[from + i]));
          }
        });
  }

  /** A data set's cuts as a network is shown them: 0 … 1. */
  static float[][] inputs(Dataset cuts) {
    float[][] inputs = new float[cuts.size()][cuts.shape().elements()];
    for (int i = 0; i < inputs.length; i++) {
      cuts.read(i, inputs[i]);
      for (int k = 0; k < inputs[i].length; k++) {
        inputs[i][k] /= LEVELS;
      }
    }
    return inputs;
  }

  static int[] labels(Dataset cuts) {
    int[] labels = new int[cuts.size()];
    Arrays.setAll(labels, cuts::label);
    return labels;
  }
}
