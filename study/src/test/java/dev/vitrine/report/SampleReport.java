package dev.vitrine.report;

import dev.vitrine.image.Raster;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.EvaluationBuilder;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A run that never was, with figures of the size that LeNet reaches. */
final class SampleReport {
  static final List<String> DIGITS = IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  /** Actual class, the one it is taken for, and how often, in no unit. */
  private static final int[][] LOOKALIKES = {
    {7, 2, 41}, {4, 9, 38}, {9, 4, 33}, {5, 3, 36}, {8, 3, 29}, {6, 0, 32}, {2, 7, 22}, {3, 5, 27}
  };

  private SampleReport() {}

  /** The labels 0, 1, …, 9, 0, … of so many examples. */
  static int[] labels(int examples) {
    return IntStream.range(0, examples).map(i -> i % 10).toArray();
  }

  /** A grey picture of 4 × 3 whose pixels tell its index. */
  static Raster picture(int example) {
    byte[] pixels = new byte[12];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (example * 31 + i * 17);
    }
    return Raster.of(Shape.of(1, 3, 4), pixels, 0);
  }

  static RunReport of(int[] labels, List<String> names, IntFunction<Raster> pictures) {
    return new RunReport(
        "LeNet on MNIST",
        "lenet",
        "MNIST",
        "the MNIST test set",
        provenance("vitrine train --model lenet --data mnist --epochs 8 --batch 64 --seed 42"),
        epochs(),
        steps(),
        layers(),
        evaluate(labels),
        names,
        pictures);
  }

  static Evaluation evaluate(int[] labels) {
    RandomStream random = Seed.of(7).stream("logits");
    var builder = new EvaluationBuilder(10, 24);
    for (int i = 0; i < labels.length; i++) {
      float[] logits = new float[10];
      for (int c = 0; c < 10; c++) {
        logits[c] = (float) (2.3 * random.normal(20L * i + c));
      }
      logits[labels[i]] += 12;
      for (int[] pair : LOOKALIKES) {
        if (pair[0] == labels[i]) {
          logits[pair[1]] += (float) (pair[2] / 10.0 * Math.abs(random.normal(20L * i + 15)));
        }
      }
      builder.add(i, labels[i], logits, 0);
    }
    return builder.build();
  }

  static Provenance provenance(String command) {
    var machine = new LinkedHashMap<String, String>();
    machine.put("processor", "AMD EPYC 9R14");
    machine.put("cores", "2 threads of 2");
    machine.put("JVM", "OpenJDK 64-Bit Server VM 25.0.3+9, Eclipse Adoptium");
    machine.put("kernels", "simd, 512-bit vectors of 16 floats");
    var versions = new LinkedHashMap<String, String>();
    versions.put("Vitrine", "0.1.0");
    return new Provenance(
        command,
        Seed.of(42),
        "sha256:5c0e1f4f8f2a7b6d9e3c1a0b4d5e6f708192a3b4c5d6e7f80910a1b2c3d4e5f6",
        machine,
        versions,
        Map.of("train-labels-idx1-ubyte", "a25bea736e30d166cdddb491f175f624"),
        Instant.parse("2026-03-14T15:09:26Z"),
        Duration.ofMillis(46_300),
        9_318);
  }

  static List<EpochRow> epochs() {
    var rows = new ArrayList<EpochRow>();
    for (int e = 1; e <= 8; e++) {
      rows.add(
          new EpochRow(
              e,
              0.24 / Math.pow(e, 1.15),
              1 - 0.072 / Math.pow(e, 1.2),
              OptionalDouble.of(0.081 / Math.pow(e, 0.55) + 0.0005 * e * (e % 2)),
              OptionalDouble.of(1 - 0.0251 / Math.pow(e, 0.52) - 0.0006 * (e % 3)),
              9_100 + 61 * e % 340,
              0.01 * Math.pow(1 + 1e-4 * 844 * e, -0.75),
              5.7 + 0.03 * (e % 4)));
    }
    return rows;
  }

  private static List<StepLoss> steps() {
    RandomStream random = Seed.of(3).stream("steps");
    var steps = new ArrayList<StepLoss>();
    for (int s = 1; s <= 6_752; s++) {
      double mean = 2.3 / (1 + s / 60.0) + 0.35 / (1 + s / 700.0) - 0.03;
      steps.add(new StepLoss(s, mean * Math.exp(0.5 * random.normal(s))));
    }
    return steps;
  }

  private static List<LayerRow> layers() {
    return List.of(
        new LayerRow("conv1", "Conv2d(1 → 20, 5×5)", Shape.of(20, 24, 24), 520, 288_000),
        new LayerRow("pool1", "MaxPool2d(2×2, stride 2)", Shape.of(20, 12, 12), 0, 0),
        new LayerRow("conv2", "Conv2d(20 → 50, 5×5)", Shape.of(50, 8, 8), 25_050, 1_600_000),
        new LayerRow("pool2", "MaxPool2d(2×2, stride 2)", Shape.of(50, 4, 4), 0, 0),
        new LayerRow("flatten", "Flatten", Shape.of(800), 0, 0),
        new LayerRow("fc1", "Linear(800 → 500)", Shape.of(500), 400_500, 400_000),
        new LayerRow("relu1", "Relu", Shape.of(500), 0, 0),
        new LayerRow("fc2", "Linear(500 → 10)", Shape.of(10), 5_010, 5_000));
  }
}
