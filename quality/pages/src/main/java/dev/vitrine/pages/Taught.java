package dev.vitrine.pages;

import dev.vitrine.data.Dataset;
import dev.vitrine.format.DType;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.predict.Predictor;
import dev.vitrine.vision.model.EmbeddedDigits;
import dev.vitrine.vision.model.Reliability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A network that has learned, on its way into the resource. */
final class Taught {
  private static final float LEVELS = 255;

  private Taught() {}

  /** Rounds every number to half precision, as it is stored. */
  static void round(Model model) {
    for (ParameterSpec spec : model.specs()) {
      float[] values = model.parameters().get(spec.name());
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
      }
      model.parameters().set(spec.name(), values);
    }
  }

  /** Writes the numbers in half precision, and the texts that {@link EmbeddedDigits} reads. */
  static void write(
      Path file,
      Model model,
      double temperature,
      List<Calibration.Bin> reliability,
      String origin) {
    List<TensorData> tensors = new ArrayList<>();
    for (ParameterSpec spec : model.specs()) {
      float[] values = model.parameters().get(spec.name());
      tensors.add(
          TensorData.of(
              spec.name(),
              DType.F16,
              spec.shape(),
              (chunk, from, count) -> {
                for (int i = 0; i < count; i++) {
                  chunk.putShort(2 * i, Float.floatToFloat16(values[from + i]));
                }
              }));
    }
    NetworkSpec spec = new NetworkSpec("reader", "reader", model.input(), model.network());
    Safetensors.write(
        file,
        tensors,
        Map.of(
            EmbeddedDigits.NETWORK,
            NetworkFile.text(spec),
            EmbeddedDigits.TEMPERATURE,
            Double.toString(temperature),
            EmbeddedDigits.RELIABILITY,
            Reliability.text(
                reliability.stream()
                    .map(bin -> new Reliability(bin.confidence(), bin.accuracy(), bin.count()))
                    .toList()),
            "origin",
            origin));
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

  /** How often the model is right of cuts it has not learned from, by confidence. */
  static List<Calibration.Bin> reliability(Model model, double temperature, Dataset validation) {
    try (Predictor predictor = Predictor.of(model)) {
      float[][] scores = predictor.predict(inputs(validation));
      float[][] shares = new float[scores.length][];
      for (int i = 0; i < scores.length; i++) {
        double[] exact = Calibration.softmax(scores[i], temperature);
        shares[i] = new float[exact.length];
        for (int c = 0; c < exact.length; c++) {
          shares[i][c] = (float) exact[c];
        }
      }
      return Calibration.reliability(shares, labels(validation));
    }
  }

  /** The temperature that fits what the model says of cuts it has not learned from. */
  static double temperature(Model model, Dataset validation) {
    try (Predictor predictor = Predictor.of(model)) {
      return Calibration.temperature(predictor.predict(inputs(validation)), labels(validation));
    }
  }
}
