package dev.vitrine.bench;

import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.testkit.DrawnModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A process that opens a network's file, asks it a few times and says what memory that took, in
 * bytes: the heap at its largest, what of it is alive at the end, the resident set at its largest,
 * what the plan holds, and the milliseconds from the JVM's start to the first answer.
 */
public final class MemoryRun {
  /** What it says, in this order. */
  static final int NUMBERS = 5;

  private static final int ASKED = 3;

  private static final Path STATUS = Path.of("/proc/self/status");

  private MemoryRun() {}

  /**
   * Asks.
   *
   * @param args a file that opens by itself, and the batch size
   */
  public static void main(String... args) throws IOException {
    int batch = Integer.parseInt(args[1]);
    try (Predictor predictor = open(Path.of(args[0]))) {
      float[][] inputs = new float[batch][];
      Arrays.setAll(inputs, n -> DrawnModel.example(predictor.input(), Seed.of(n)));
      predictor.predict(inputs);
      long first = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
      for (int i = 1; i < ASKED; i++) {
        predictor.predict(inputs);
      }
      long largest = largestHeap();
      System.gc();
      long alive = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      long resident = resident();
      int processors = Runtime.getRuntime().availableProcessors();
      long plan = predictor.planner(batch).bytes(KernelChoice.best().kernels(), processors);
      Requests.answer("%s %s %s %s %s".formatted(largest, alive, resident, plan, first));
    }
  }

  private static Predictor open(Path file) {
    return TrainedNetwork.open(file, Optional.empty()).predictor();
  }

  private static long largestHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** The most that was in memory at once, as Linux counts it. */
  private static long resident() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow(() -> new IOException(STATUS + " has no line VmHWM"));
  }
}
