package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.lab.store.RunStore;
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

/** The networks that the page asked for lately, opened anew when a training has gone on. */
final class OpenNetworks implements AutoCloseable {
  private static final int MOST = 4;

  /** What the network that comes with Vitrine goes by; no run's name has a colon. */
  static final String EMBEDDED = "embedded:digits";

  private record Held(Path folder, FileTime written, OpenNetwork network) {}

  private final List<Path> folders;
  private final Kernels kernels;
  private OpenNetwork embedded;
  private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  OpenNetworks(List<Path> folders, Kernels kernels) {
    this.folders = List.copyOf(folders);
    this.kernels = kernels;
  }

  /** The network of a run, with the newest numbers. */
  synchronized OpenNetwork of(String run) {
    if (run.equals(EMBEDDED)) {
      if (embedded == null) {
        embedded = OpenNetwork.embedded(kernels);
      }
      return embedded;
    }
    Held known = held.get(run);
    if (known != null && known.written().equals(written(known.folder()))) {
      return known.network();
    }
    Path folder =
        known == null ? RunsRoom.find(RunStore.below(folders), run).folder() : known.folder();
    FileTime written = written(folder);
    OpenNetwork network = OpenNetwork.of(TrainedNetwork.open(folder, Optional.empty()), kernels);
    Held before = held.put(run, new Held(folder, written, network));
    if (before != null) {
      before.network().close();
    }
    forgetOldest();
    return network;
  }

  private void forgetOldest() {
    Iterator<Held> oldest = held.values().iterator();
    while (held.size() > MOST) {
      Held forgotten = oldest.next();
      oldest.remove();
      forgotten.network().close();
    }
  }

  private static FileTime written(Path folder) {
    Path checkpoint = RunFolder.open(folder).checkpoint();
    try {
      return Files.getLastModifiedTime(checkpoint);
    } catch (IOException none) {
      throw new UserException(
          "%s has no checkpoint yet: wait until its training has written one".formatted(folder),
          none);
    }
  }

  @Override
  public synchronized void close() {
    held.values().forEach(each -> each.network().close());
    held.clear();
    if (embedded != null) {
      embedded.close();
      embedded = null;
    }
  }
}
