package dev.vitrine.web.rooms;

import dev.vitrine.data.DataFolders;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The runs judged lately, one at a time. */
final class JudgedRuns implements AutoCloseable {
  /** Their test data stay in memory. */
  private static final int MOST = 2;

  private final Compute compute;
  private final HeldRuns<Judged> runs;

  JudgedRuns(List<Path> folders, Optional<Path> dataFolder, Kernels kernels) {
    compute = new Compute(kernels, new Workers(1));
    runs =
        new HeldRuns<>(
            folders,
            MOST,
            network -> Judged.of(network, DataFolders.ofSystem(dataFolder), compute),
            _ -> {});
  }

  Judged of(String run) {
    return runs.of(run);
  }

  @Override
  public void close() {
    runs.close();
    compute.close();
  }
}
