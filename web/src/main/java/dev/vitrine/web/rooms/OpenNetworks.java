package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The networks that the page asked for lately, and the one that comes with Vitrine. */
final class OpenNetworks implements AutoCloseable {
  private static final int MOST = 4;

  /** What the network that comes with Vitrine goes by; no run's name has a colon. */
  static final String EMBEDDED = "embedded:digits";

  /** What networks go by that the page sent, before their number. */
  static final String SENT = "sent:";

  private final Kernels kernels;
  private final HeldRuns<OpenNetwork> runs;
  private Lent<OpenNetwork> embedded;
  private Lent<OpenNetwork> sent;
  private int sentSoFar;

  OpenNetworks(List<Path> folders, Kernels kernels) {
    this.kernels = kernels;
    runs =
        new HeldRuns<>(
            folders, MOST, network -> OpenNetwork.of(network, kernels), OpenNetwork::close);
  }

  /** What somebody makes of the network of a run, with the newest numbers. */
  <R> R with(String run, Function<OpenNetwork, R> use) {
    if (run.equals(EMBEDDED)) {
      return embedded().use(use);
    }
    return run.startsWith(SENT) ? sent(run).use(use) : runs.with(run, use);
  }

  /**
   * Keeps the network of a file that the page sent, in place of the one before.
   *
   * @return what it goes by from now on
   */
  synchronized String keep(OpenNetwork network) {
    if (sent != null) {
      sent.retire();
    }
    sent = new Lent<>(network, OpenNetwork::close);
    return SENT + ++sentSoFar;
  }

  private synchronized Lent<OpenNetwork> sent(String name) {
    if (sent == null || !name.equals(SENT + sentSoFar)) {
      throw new UserException("The file is not here any more: choose it again");
    }
    return sent.taken();
  }

  private synchronized Lent<OpenNetwork> embedded() {
    if (embedded == null) {
      embedded = new Lent<>(OpenNetwork.embedded(kernels), OpenNetwork::close);
    }
    return embedded.taken();
  }

  @Override
  public synchronized void close() {
    runs.close();
    if (embedded != null) {
      embedded.retire();
      embedded = null;
    }
    if (sent != null) {
      sent.retire();
      sent = null;
    }
  }
}
