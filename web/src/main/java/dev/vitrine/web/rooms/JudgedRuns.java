package dev.vitrine.web.rooms;

import dev.vitrine.data.DataFolders;
import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.lab.store.RunStore;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs judged lately, one at a time; judged anew when a training has gone on. */
final class JudgedRuns implements AutoCloseable {
  /** Their test data stay in memory. */
  private static final int MOST = 2;

  private record Held(FileTime written, Judged judged) {}

  private final List<Path> folders;
  private final Optional<Path> dataFolder;
  private final Compute compute;
  private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  JudgedRuns(List<Path> folders, Optional<Path> dataFolder, Kernels kernels) {
    this.folders = List.copyOf(folders);
    this.dataFolder = dataFolder;
    this.compute = new Compute(kernels, new Workers(1));
  }

  synchronized Judged of(String run) {
    Path folder = RunsRoom.find(RunStore.below(folders), run).folder();
    FileTime written = written(folder);
    Held known = held.get(run);
    if (known != null && known.written().equals(written)) {
      return known.judged();
    }
    TrainedNetwork network = TrainedNetwork.open(folder, Optional.empty());
    Judged judged = Judged.of(network, DataFolders.ofSystem(dataFolder), compute);
    held.put(run, new Held(written, judged));
    Iterator<String> oldest = held.keySet().iterator();
    while (held.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
    return judged;
  }

  private static FileTime written(Path folder) {
    try {
      return Files.getLastModifiedTime(RunFolder.open(folder).checkpoint());
    } catch (IOException none) {
      throw new UserException(
          "This run has no checkpoint yet: wait until its training has written one", none);
    }
  }

  @Override
  public synchronized void close() {
    held.clear();
    compute.close();
  }
}
