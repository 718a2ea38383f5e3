package dev.vitrine.cluster;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Origin;
import dev.vitrine.data.Targets;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.TuningData;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of a DataFrame in their stated order: numbers alone.
 *
 * @param shape of an example
 * @param numbers of all examples, if they are numbers; otherwise empty
 * @param pixels of all examples, 0 … 255, if they are pictures; otherwise empty
 * @param labels one an example
 */
record TrainingRows(int[] shape, float[] numbers, byte[] pixels, int[] labels) {
  /** What messages call them. */
  static final String NAME = "DataFrame";

  /** As they are sent: arrays, which Kryo knows; a record it could not read. */
  Object[] sent() {
    return new Object[] {shape, numbers, pixels, labels};
  }

  /** What {@link #sent} came from. */
  static TrainingRows of(Object... sent) {
    return new TrainingRows((int[]) sent[0], (float[]) sent[1], (byte[]) sent[2], (int[]) sent[3]);
  }

  /** What a run uses of them. */
  TuningData tuning(RunConfig config) {
    return RunImages.prepare(config, new TuningData(dataset(), Optional.empty(), Origin.UNKNOWN));
  }

  private Dataset dataset() {
    int classes = IntStream.of(labels).max().orElse(0) + 1;
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    Targets targets = Targets.Classes.of(names, labels);
    return pixels.length > 0
        ? Dataset.of(NAME, Shape.of(shape), pixels, targets)
        : Dataset.of(NAME, Shape.of(shape), numbers, targets);
  }
}
