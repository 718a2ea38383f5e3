package dev.vitrine.settings;

import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Origin;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.MemoryNeed;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;

/**
 * What a training is made of once its data are at hand.
 *
 * @param config what it computes, fitted to the data
 * @param splits the data
 */
public record TrainingData(RunConfig config, DataSplits splits) {
  /** Hears what is found on the way, and may refuse it. */
  public interface Watcher {
    /**
     * What is known of the memory that is needed, more exactly each time.
     *
     * @param need how much, and what for
     */
    default void needs(MemoryNeed need) {
      need.requireAtMost(Runtime.getRuntime().maxMemory());
    }

    /**
     * The data are there, and will be read now.
     *
     * @param source where they come from
     */
    default void reads(DataSource source) {}

    /**
     * The data were read.
     *
     * @param origin what is known of them
     */
    default void has(Origin origin) {}
  }

  /**
   * {@return what a new training asks for, if memory has room for all of it}
   *
   * @param asked what it was told
   * @param source its data
   * @param compute what it will run on
   * @param watcher hears of it
   */
  public static TrainingData start(
      RunConfig asked, DataSource source, Compute compute, Watcher watcher) {
    RunConfig known = asked.outlined(source.outline());
    DataSplits splits = load(known, source, compute, watcher);
    return new TrainingData(known.fitted(splits), splits);
  }

  /**
   * {@return the same for a run that goes on: its configuration stays as it is}
   *
   * @param config the run's
   * @param source its data
   * @param compute what it will run on
   * @param watcher hears of it
   */
  public static TrainingData again(
      RunConfig config, DataSource source, Compute compute, Watcher watcher) {
    return new TrainingData(config, load(config, source, compute, watcher));
  }

  private static DataSplits load(
      RunConfig config, DataSource source, Compute compute, Watcher watcher) {
    RunImages.requireFits(config, source);
    watcher.needs(MemoryNeed.withoutPlans(config, source));
    watcher.needs(
        MemoryNeed.ofTraining(config, source, compute.kernels(), compute.workers().size()));
    watcher.reads(source);
    DataSplits all = source.load();
    watcher.has(all.origin());
    DataSplits used = RunImages.prepare(config, all);
    watcher.needs(MemoryNeed.withoutPlans(config, source, used.train().targets().outputs()));
    return used;
  }
}
