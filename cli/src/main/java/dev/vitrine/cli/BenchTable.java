package dev.vitrine.cli;

import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.WorkloadResult;

/** The rows of {@code vitrine bench}, as many columns as the screen has room for. */
final class BenchTable {
  private static final int ALL = 100;
  private static final int SHORT_NAMES = 74;

  private final Terminal terminal;
  private final boolean all;
  private final boolean some;

  BenchTable(Terminal terminal) {
    this.terminal = terminal;
    all = terminal.width() >= ALL;
    some = terminal.width() >= SHORT_NAMES;
  }

  void head() {
    terminal.print(
        some
            ? "%-" + name() + "s   images/s  spread  MFLOP/image  GFLOP/s  of ceiling  ms/step"
            : "%-" + name() + "s   images/s  spread  of ceiling",
        "workload");
  }

  private int name() {
    return all ? 34 : 8;
  }

  void row(Workload workload, WorkloadResult r) {
    String name = ("%-" + name() + "s").formatted(all ? workload.toString() : workload.id());
    String busy = r.quiet() ? "" : " *";
    if (some) {
      terminal.print(
          "%s %,10.0f %6.1f%% %12.2f %8.0f %10.1f%% %8.3f%s",
          name,
          r.imagesPerSecond(),
          100 * r.spread(),
          r.mflopPerImage(),
          r.gflops(),
          100 * r.shareOfCeiling(),
          r.millisPerStep(),
          busy);
    } else {
      terminal.print(
          "%s %,10.0f %6.1f%% %10.1f%%%s",
          name, r.imagesPerSecond(), 100 * r.spread(), 100 * r.shareOfCeiling(), busy);
    }
    if (!r.quiet()) {
      terminal.sentence(
          "  * other processes used more than %.0f %% of a processor in %d of %d windows",
          100 * ProcessorTime.QUIET, r.disturbed(), r.windows());
    }
  }
}
