package dev.vitrine.cli;

import dev.vitrine.plan.Compute;
import dev.vitrine.run.Machine;
import dev.vitrine.workload.Ceiling;
import java.util.Map;

/**
 * What figures of {@code vitrine bench} are held against.
 *
 * @param machine what computed: processor, threads, kernels, Java
 * @param ceiling what it can multiply and add at most
 */
record Yardstick(Map<String, String> machine, Ceiling ceiling) {
  /** Prints what the machine is, and what it can do, which takes two seconds to measure. */
  static Yardstick measure(Terminal terminal, Compute compute) {
    Map<String, String> machine =
        Machine.describe(compute.kernels().name(), compute.workers().size());
    machine.forEach((name, value) -> terminal.print("%-10s  %s", name, value));
    Ceiling ceiling = Ceiling.measure(compute);
    terminal.sentence(
        "ceiling     %.0f GFLOP/s on one thread, %.0f on %d%s",
        ceiling.oneThread(),
        ceiling.allThreads(),
        ceiling.threads(),
        ceiling.disturbed() ? " (disturbed)" : "");
    terminal.print("");
    return new Yardstick(machine, ceiling);
  }
}
