package dev.vitrine.convert;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.format.FileErrors;
import dev.vitrine.predict.Predictor;
import dev.vitrine.run.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What became of a network's answers when its numbers were kept in fewer bits.
 *
 * @param dtype F16, BF16 or I8
 * @param data whose examples were answered by both
 * @param examples how many
 * @param accuracyBefore the share that the original tells rightly; empty if they have no classes
 * @param accuracyAfter the same of what was made of it
 * @param topEqual of how many examples both say the same class
 * @param absolute the largest difference of an output
 * @param relative the largest, each over the largest output of that example
 * @param bytesBefore of the numbers as singles
 * @param bytesAfter of the file
 */
public record Fidelity(
    DType dtype,
    String data,
    int examples,
    OptionalDouble accuracyBefore,
    OptionalDouble accuracyAfter,
    long topEqual,
    double absolute,
    double relative,
    long bytesBefore,
    long bytesAfter) {
  private static final int BATCH = 256;

  /** Refuses {@code null}. */
  public Fidelity {
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(accuracyBefore, "accuracyBefore");
    Objects.requireNonNull(accuracyAfter, "accuracyAfter");
  }

  /**
   * Compares the answers of a network and of what was made of it.
   *
   * @param original whose numbers
   * @param converted the file that was made
   * @param dtype what its numbers are kept in
   * @param examples that neither learned from
   * @return the comparison
   * @throws UserException if a file cannot be read, or the examples do not fit
   */
  public static Fidelity of(
      TrainedNetwork original, Path converted, DType dtype, Dataset examples) {
    Objects.requireNonNull(original, "original");
    Objects.requireNonNull(converted, "converted");
    Objects.requireNonNull(examples, "examples");
    int size = original.spec().input().elements();
    if (examples.shape().elements() != size) {
      throw new UserException(
          "%s has examples of %s, but the network expects %s"
              .formatted(examples.name(), examples.shape(), original.spec().input()));
    }
    try (Predictor before = original.predictor();
        Predictor after = Predictor.of(Parity.made(original.spec(), converted))) {
      Count count = new Count();
      for (int from = 0; from < examples.size(); from += BATCH) {
        float[][] inputs = new float[Math.min(BATCH, examples.size() - from)][size];
        for (int i = 0; i < inputs.length; i++) {
          examples.read(from + i, inputs[i]);
          original.normalisation().apply(inputs[i], original.spec().input());
        }
        count.add(examples, from, before.predict(inputs), after.predict(inputs));
      }
      boolean classes = examples.targets() instanceof Targets.Classes;
      double all = examples.size();
      return new Fidelity(
          dtype,
          examples.name(),
          examples.size(),
          classes ? OptionalDouble.of(count.rightBefore / all) : OptionalDouble.empty(),
          classes ? OptionalDouble.of(count.rightAfter / all) : OptionalDouble.empty(),
          count.same,
          count.absolute,
          count.relative,
          original.model().parameters().layout().elements() * (long) Float.BYTES,
          Files.size(converted));
    } catch (IOException failure) {
      throw FileErrors.reading(converted, failure);
    }
  }

  /** What was found so far. */
  private static final class Count {
    private long rightBefore;
    private long rightAfter;
    private long same;
    private double absolute;
    private double relative;

    void add(Dataset examples, int from, float[][] before, float[][] after) {
      for (int i = 0; i < before.length; i++) {
        int was = best(before[i]);
        int is = best(after[i]);
        same += was == is ? 1 : 0;
        if (examples.targets() instanceof Targets.Classes) {
          rightBefore += was == examples.label(from + i) ? 1 : 0;
          rightAfter += is == examples.label(from + i) ? 1 : 0;
        }
        double largest = 0;
        double scale = 0;
        for (int k = 0; k < before[i].length; k++) {
          largest = Math.max(largest, Math.abs((double) before[i][k] - after[i][k]));
          scale = Math.max(scale, Math.abs(before[i][k]));
        }
        absolute = Math.max(absolute, largest);
        relative = Math.max(relative, largest == 0 ? 0 : largest / scale);
      }
    }

    private static int best(float[] output) {
      int best = 0;
      for (int k = 1; k < output.length; k++) {
        best = output[k] > output[best] ? k : best;
      }
      return best;
    }
  }

  /** {@return the comparison with stable names} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dtype", dtype);
    json.put("data", data);
    json.put("examples", examples);
    json.put("accuracy_before", accuracyBefore.isPresent() ? accuracyBefore.getAsDouble() : null);
    json.put("accuracy_after", accuracyAfter.isPresent() ? accuracyAfter.getAsDouble() : null);
    json.put("top1_equal", topEqual);
    json.put("largest_absolute", absolute);
    json.put("largest_relative", relative);
    json.put("bytes_before", bytesBefore);
    json.put("bytes_after", bytesAfter);
    return json;
  }
}
