package dev.vitrine.workload;

/**
 * How fast a workload trains.
 *
 * @param workload its name, such as {@code W3}
 * @param network the layers in a few words
 * @param batchSize examples to a step
 * @param mflopPerImage {@link Workload#flops}, in millions
 * @param imagesPerSecond median of the windows
 * @param spread half the distance between the slowest and the fastest window, as a share of it
 * @param gflops 10⁹ operations a second, by {@code mflopPerImage}
 * @param shareOfCeiling {@code gflops} as a share of {@link Ceiling#allThreads}
 * @param millisPerStep how long a step takes
 * @param windows how many windows were timed
 * @param disturbed in how many of them other processes were busy
 * @param quiet whether enough others remain, so that only those count
 */
public record WorkloadResult(
    String workload,
    String network,
    int batchSize,
    double mflopPerImage,
    double imagesPerSecond,
    double spread,
    double gflops,
    double shareOfCeiling,
    double millisPerStep,
    int windows,
    int disturbed,
    boolean quiet) {
  /**
   * {@return the result of windows}
   *
   * @param workload what was timed
   * @param windows its timings
   * @param ceiling what the machine can do
   */
  public static WorkloadResult of(Workload workload, Windows windows, Ceiling ceiling) {
    int batch = workload.recipe().batchSize();
    double rate = windows.stepsPerSecond();
    double mflop = workload.flops() * 1e-6;
    double gflops = mflop * 1e-3 * rate * batch;
    return new WorkloadResult(
        workload.id(),
        workload.network().title(),
        batch,
        mflop,
        rate * batch,
        windows.spread(),
        gflops,
        gflops / ceiling.allThreads(),
        1e3 / rate,
        windows.all().size(),
        windows.disturbed(),
        windows.quiet());
  }
}
