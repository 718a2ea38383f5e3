package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mean or variance of a batch or shard, and its place among the sums of shards: that of the
 * running average that follows it, which has no gradient.
 *
 * @param newest of the newest batch or shard; its own, and written
 */
record BatchStatistic(Value value, Layout.Entry average, float[] newest) {
  static List<BatchStatistic> of(Model model, Model.Training training) {
    Layout layout = model.parameters().layout();
    return training.statistics().stream()
        .flatMap(s ->
            Stream.of(
                of(s.batchMean(), layout.entry(s.mean())),
                of(s.batchVariance(), layout.entry(s.variance()))))
        .toList();
  }

  private static BatchStatistic of(Value value, Layout.Entry average) {
    return new BatchStatistic(value, average, new float[average.shape().elements()]);
  }
}
