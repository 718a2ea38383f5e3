package dev.vitrine.bench;

import dev.vitrine.data.Dataset;
import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.StepClock;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.Workloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A contender's own process. It answers {@link Requests}:
 *
 * <pre>
 *   run SECONDS    →  STEPS SECONDS
 *   learn STEPS    →  FIRST_LOSS LAST_LOSS, after at least so many steps in all
 *   losses STEPS   →  the loss of each of so many steps
 * </pre>
 *
 * With {@code epoch} for an argument it trains one epoch on a file of images instead, and ends.
 */
public final class ContenderProcess {
  private final Contender contender;
  private final LossTrail trail = new LossTrail();
  private final StepClock clock;

  private ContenderProcess(Contender contender) {
    this.contender = contender;
    clock = new StepClock(this::step, new ProcessorTime());
  }

  /**
   * The main program of a contender.
   *
   * @param args workload, threads, and either nothing or {@code epoch} and a folder with {@code
   *     pixels} and {@code labels}
   */
  public static void serve(Contender.Factory factory, String... args) {
    Workload workload = Workloads.find(args[0]);
    int threads = Integer.parseInt(args[1]);
    try {
      if (args.length > 2) {
        epoch(factory, workload, threads, Path.of(args[3]));
      } else {
        Contender contender = factory.open(workload, workload.data(), threads);
        Requests.answer(factory.title());
        new ContenderProcess(contender).answerAll();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A workload's images from the files {@code pixels} and {@code labels} of a folder. */
  static Dataset read(Workload workload, Path folder) throws IOException {
    byte[] pixels = Files.readAllBytes(folder.resolve("pixels"));
    byte[] labels = Files.readAllBytes(folder.resolve("labels"));
    List<String> names = workload.data(1).classNames();
    return Dataset.of("file", workload.network().input(), pixels, labels, names);
  }

  private static void epoch(Contender.Factory factory, Workload workload, int threads, Path folder)
      throws IOException {
    Dataset data = read(workload, folder);
    Contender contender = factory.open(workload, data, threads);
    int batch = workload.recipe().batchSize();
    int steps = (data.size() + batch - 1) / batch;
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      sum += contender.step();
    }
    Requests.answer(String.format(Locale.ROOT, "%d steps, mean loss %.4f", steps, sum / steps));
  }

  private double step() {
    double loss = contender.step();
    trail.add(loss);
    return loss;
  }

  private void answerAll() throws IOException {
    Requests.serve(
        Map.of(
            "run", seconds -> Requests.run(clock, seconds),
            "losses", steps -> losses(Integer.parseInt(steps)),
            "learn", steps -> learn(Long.parseLong(steps))));
  }

  private String learn(long steps) {
    while (trail.steps() < steps) {
      step();
    }
    return String.format(Locale.ROOT, "%.6f %.6f", trail.firstLoss(), trail.lastLoss());
  }

  private String losses(int steps) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < steps; i++) {
      text.append(step()).append(' ');
    }
    return text.toString();
  }
}
