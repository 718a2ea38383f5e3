package dev.vitrine.web.rooms;

import dev.vitrine.kernel.Kernels;
import java.nio.file.Path;
import java.util.List;

/** The networks that the page asked for lately, and the one that comes with Vitrine. */
final class OpenNetworks implements AutoCloseable {
  private static final int MOST = 4;

  /** What the network that comes with Vitrine goes by; no run's name has a colon. */
  static final String EMBEDDED = "embedded:digits";

  private final Kernels kernels;
  private final HeldRuns<OpenNetwork> runs;
  private OpenNetwork embedded;

  OpenNetworks(List<Path> folders, Kernels kernels) {
    this.kernels = kernels;
    runs =
        new HeldRuns<>(
            folders, MOST, network -> OpenNetwork.of(network, kernels), OpenNetwork::close);
  }

  /** The network of a run, with the newest numbers. */
  OpenNetwork of(String run) {
    return run.equals(EMBEDDED) ? embedded() : runs.of(run);
  }

  private synchronized OpenNetwork embedded() {
    if (embedded == null) {
      embedded = OpenNetwork.embedded(kernels);
    }
    return embedded;
  }

  @Override
  public synchronized void close() {
    runs.close();
    if (embedded != null) {
      embedded.close();
      embedded = null;
    }
  }
}
