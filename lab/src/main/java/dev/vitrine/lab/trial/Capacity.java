package dev.vitrine.lab.trial;

import dev.vitrine.data.DataSource;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.run.MemoryNeed;
import dev.vitrine.run.RunConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many trials memory has room for. */
public final class Capacity {
  private Capacity() {}

  /**
   * {@return how many trials can be trained side by side: as many as asked for, or fewer, if Java
   * may not use more memory}
   *
   * @param asked 1 or more
   * @param configs of the trials
   * @param trainings where their data are
   * @param most what Java may use, in bytes
   * @throws dev.vitrine.error.UserException if there is not enough for one
   */
  public static int jobs(int asked, Collection<RunConfig> configs, Trainings trainings, long most) {
    Kernels kernels = KernelChoice.best().kernels();
    Map<List<Object>, RunConfig> different = new LinkedHashMap<>();
    configs.forEach(config ->
        different.put(
            List.of(
                config.network(),
                config.data(),
                config.recipe().batchSize(),
                config.recipe().cut(),
                config.recipe().optimizer().state()),
            config));
    int jobs = asked;
    for (RunConfig config : different.values()) {
      DataSource source = trainings.data(config);
      MemoryNeed need = MemoryNeed.ofTraining(config, source, kernels, 1);
      need.requireAtMost(most);
      long each = need.parameters() + need.plans() + need.confusion();
      long rest = most - need.total();
      jobs = (int) Math.min(jobs, 1 + rest / Math.max(1, each));
    }
    return jobs;
  }
}
