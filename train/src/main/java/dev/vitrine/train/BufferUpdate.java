package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.RunningStatistics;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Brings running averages up to date after a step; {@link RunningStatistics} has the formula. Every
 * average is computed in double precision and rounded once.
 */
public final class BufferUpdate {
  /** An average, where it lies, and the numbers of the newest batch. */
  private record Average(
      RunningStatistics of, Value batch, Layout.Entry entry, float[] newest, boolean unbiased) {}

  private final GradientSource source;
  private final Parameters parameters;
  private final List<Average> averages;

  /**
   * The running averages of a source's model.
   *
   * @param source whose batches they follow
   */
  public BufferUpdate(GradientSource source) {
    Objects.requireNonNull(source, "source");
    this.source = source;
    parameters = source.model().parameters();
    averages =
        source.training().statistics().stream()
            .flatMap(s ->
                Stream.of(
                    average(s, s.mean(), s.batchMean(), false),
                    average(s, s.variance(), s.batchVariance(), true)))
            .toList();
  }

  private Average average(RunningStatistics of, String name, Value batch, boolean unbiased) {
    Layout.Entry entry = parameters.layout().entry(name);
    return new Average(of, batch, entry, new float[entry.shape().elements()], unbiased);
  }

  /** The values that a plan must give out for it. */
  static Value[] read(Model.Training training) {
    return training.statistics().stream()
        .flatMap(s -> Stream.of(s.batchMean(), s.batchVariance()))
        .toArray(Value[]::new);
  }

  /**
   * Lets the averages follow the newest batch.
   *
   * @param count how many examples it had
   */
  public void apply(int count) {
    apply(count, 1);
  }

  /**
   * Lets the averages follow the newest batch, whose statistics are its shards' mean ones. Of S
   * shards' variances, each about a mean of its own, all M elements leave M − S degrees of freedom.
   *
   * @param count how many examples it had
   * @param shards into how many parts it was cut
   */
  public void apply(int count, int shards) {
    float[] values = parameters.values();
    for (int a = 0; a < averages.size(); a++) {
      Average average = averages.get(a);
      double elements = (double) count * average.of.positions();
      if (average.unbiased && elements == shards) {
        continue;
      }
      double factor = average.unbiased ? elements / (elements - shards) : 1;
      double momentum = average.of.momentum();
      source.statistic(average.batch, average.newest);
      int at = average.entry.offset();
      for (int c = 0; c < average.newest.length; c++) {
        double old = values[at + c];
        values[at + c] = (float) ((1 - momentum) * old + momentum * (factor * average.newest[c]));
      }
    }
  }
}
