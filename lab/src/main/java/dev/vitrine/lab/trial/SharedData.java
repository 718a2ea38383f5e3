package dev.vitrine.lab.trial;

import dev.vitrine.data.DataSource;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunData;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.TuningData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The training data of all trials, each read once and shared; digits are drawn for each seed. */
final class SharedData {
  private final Trainings trainings;
  private final int most;
  private final Map<List<Object>, TuningData> read = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * No data yet.
   *
   * @param most how many different ones are kept at once
   */
  SharedData(Trainings trainings, int most) {
    this.trainings = trainings;
    this.most = most;
  }

  /** What a trial may see, with its validation part held out. */
  TuningData of(RunConfig config) {
    return RunImages.prepare(config, whole(config));
  }

  /** Where a trial's data are. */
  DataSource source(RunConfig config) {
    return trainings.data(config);
  }

  /** One at a time: others wait for the same data rather than read them too. */
  private synchronized TuningData whole(RunConfig config) {
    List<Object> key = key(config);
    TuningData there = read.get(key);
    if (there == null) {
      DataSource source = source(config);
      RunImages.requireFits(config, source);
      there = TuningData.load(source);
      while (read.size() >= most) {
        read.remove(read.keySet().iterator().next()); // the one that was used longest ago
      }
      read.put(key, there);
    }
    return there;
  }

  /** Equal for runs whose data are the same before they are divided. */
  static List<Object> key(RunConfig config) {
    RunData data = config.data();
    return data.name().equals(Digits.NAME)
        ? List.of(
            data.name(), config.recipe().seed(), data.use().trainImages(), data.use().testImages())
        : List.of(data.request(), data.folder());
  }
}
