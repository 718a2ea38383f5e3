package dev.vitrine.workload;

import dev.vitrine.nn.Model;

/**
 * How fast a network answers.
 *
 * @param network its name
 * @param batchSize examples to a request
 * @param mflopPerImage two for each multiply–accumulate, in millions; nothing else is counted
 * @param imagesPerSecond median of the windows
 * @param spread half the distance between the slowest and the fastest window, as a share of it
 * @param gflops 10⁹ operations a second, by {@code mflopPerImage}
 * @param shareOfCeiling {@code gflops} as a share of {@link Ceiling#allThreads}; above 1 where
 *     Winograd's products save multiplications
 * @param p50 milliseconds that half of the requests took at most
 * @param p95 the same of 95 in a hundred
 * @param p99 the same of 99 in a hundred
 * @param windows how many windows were timed
 * @param disturbed in how many of them other processes were busy
 * @param quiet whether enough others remain, so that only those count
 */
public record AnswerResult(
    String network,
    int batchSize,
    double mflopPerImage,
    double imagesPerSecond,
    double spread,
    double gflops,
    double shareOfCeiling,
    double p50,
    double p95,
    double p99,
    int windows,
    int disturbed,
    boolean quiet) {
  /**
   * {@return the result of windows}
   *
   * @param network its name
   * @param batchSize examples to a request
   * @param flops of an example, {@link #flops}
   * @param clock what timed them
   * @param windows its timings
   * @param ceiling what the machine can do
   */
  public static AnswerResult of(
      String network,
      int batchSize,
      long flops,
      AnswerClock clock,
      Windows windows,
      Ceiling ceiling) {
    double rate = windows.stepsPerSecond() * batchSize;
    double gflops = flops * 1e-9 * rate;
    return new AnswerResult(
        network,
        batchSize,
        flops / 1e6,
        rate,
        windows.spread(),
        gflops,
        gflops / ceiling.allThreads(),
        clock.percentile(0.5),
        clock.percentile(0.95),
        clock.percentile(0.99),
        windows.all().size(),
        windows.disturbed(),
        windows.quiet());
  }

  /**
   * {@return floating-point operations of an example: two for each multiply–accumulate}
   *
   * @param model the network
   */
  public static long flops(Model model) {
    return 2 * model.inference().graph().values().stream().mapToLong(v -> v.cost().macs()).sum();
  }
}
