package dev.vitrine.bench;

import dev.vitrine.data.Dataset;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Whole processes that train one epoch, from their start to their exit. */
final class EpochRace {
  private final Workload workload;
  private final int images;
  private final int threads;

  EpochRace(Workload workload, int images, int threads) {
    this.workload = workload;
    this.images = images;
    this.threads = threads;
  }

  /** The median seconds of each contender, who run by turns. */
  Map<String, Double> run(List<Peer> peers, int runs, Consumer<String> progress) {
    Path folder = data();
    double[][] seconds = new double[peers.size()][runs];
    for (int run = 0; run < runs; run++) {
      for (int p = 0; p < peers.size(); p++) {
        seconds[p][run] = Child.epoch(peers.get(p), workload, threads, folder);
        progress.accept(
            String.format(Locale.ROOT, "%s: %.2f s", peers.get(p).name(), seconds[p][run]));
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    for (int p = 0; p < peers.size(); p++) {
      Arrays.sort(seconds[p]);
      medians.put(peers.get(p).name(), seconds[p][runs / 2]);
    }
    return medians;
  }

  /** The images as two files, so that no contender's time includes drawing them. */
  Path data() {
    Path folder = Path.of(Peer.VITRINE.module(), "target", "epoch-data");
    Dataset data = workload.data(images);
    byte[] labels = new byte[data.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) data.label(i);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFile.write(folder.resolve("pixels"), out -> out.write(data.pixels()));
    AtomicFile.write(folder.resolve("labels"), out -> out.write(labels));
    return folder;
  }
}
