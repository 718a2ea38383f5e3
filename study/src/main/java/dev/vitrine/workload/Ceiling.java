package dev.vitrine.workload;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import java.util.stream.LongStream;

/**
 * What the machine can multiply and add at most, in registers: no kernel gets beyond it.
 *
 * @param oneThread 10⁹ floating-point operations a second on one thread
 * @param allThreads the same on all the threads at once
 * @param threads how many
 * @param disturbed whether other processes were busy meanwhile, so that it may be too low
 */
public record Ceiling(double oneThread, double allThreads, int threads, boolean disturbed) {
  private static final int WINDOWS = 9;
  private static final double WINDOW_SECONDS = 0.06;

  /** By then the chains are compiled; windows before that would measure the interpreter. */
  private static final long WARM_UP_NANOS = 1_000_000_000L;

  /**
   * Measures for about two seconds: the best of nine windows each.
   *
   * @param compute what it measures; it stays the caller's
   * @return the machine's arithmetic rates
   */
  public static Ceiling measure(Compute compute) {
    ProcessorTime processors = new ProcessorTime();
    ProcessorTime.Mark mark = processors.mark();
    double all = measure(compute.kernels(), compute.workers());
    double one = all;
    if (compute.workers().size() > 1) {
      try (Workers alone = new Workers(1)) {
        one = measure(compute.kernels(), alone);
      }
    }
    boolean disturbed = processors.othersSince(mark).orElse(0) > ProcessorTime.QUIET;
    return new Ceiling(one, all, compute.workers().size(), disturbed);
  }

  private static double measure(Kernels kernels, Workers workers) {
    Chains chains = new Chains(kernels, workers);
    int rounds = 1000;
    long warm = System.nanoTime() + WARM_UP_NANOS;
    while (System.nanoTime() < warm) {
      chains.seconds(rounds);
    }
    while (chains.seconds(rounds) < WINDOW_SECONDS) {
      rounds *= 2;
    }
    double best = 0;
    for (int window = 0; window < WINDOWS; window++) {
      double seconds = chains.seconds(rounds);
      best = Math.max(best, chains.flops() / seconds * 1e-9);
    }
    return best;
  }

  /** The chains as a job: enough tasks for every worker to be busy to the end. */
  private static final class Chains implements Workers.Job {
    private static final int TASKS_A_WORKER = 16;

    private final Kernels kernels;
    private final Workers workers;
    private final float[][] sinks;
    private final long[] flops;
    private int rounds;

    Chains(Kernels kernels, Workers workers) {
      this.kernels = kernels;
      this.workers = workers;
      sinks = new float[workers.size()][Kernels.LANES];
      flops = new long[workers.size() * TASKS_A_WORKER];
    }

    double seconds(int newRounds) {
      rounds = newRounds;
      long start = System.nanoTime();
      workers.run(this);
      return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public int steps() {
      return 1;
    }

    @Override
    public int tasks(int step) {
      return flops.length;
    }

    @Override
    public void run(int step, int task, int worker) {
      flops[task] = kernels.fmaChains(rounds, sinks[worker]);
    }

    long flops() {
      return LongStream.of(flops).sum();
    }
  }
}
