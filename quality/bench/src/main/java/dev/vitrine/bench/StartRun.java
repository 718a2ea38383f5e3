package dev.vitrine.bench;

import dev.vitrine.data.Dataset;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.StringJoiner;

/**
 * A process that trains a few steps and says when it got how far: the answer's numbers are the
 * milliseconds since the harness started it, in the order of {@link #MARKS}, and at last the
 * processor time.
 */
public final class StartRun {
  /** What is timed; the steps' numbers are the last ones. */
  static final String[] MARKS = {"main", "data", "plan", "step 1", "step 10", "step 100"};

  private final long origin;
  private final StringJoiner answer = new StringJoiner(" ", Requests.ANSWER, "");

  private StartRun(long origin) {
    this.origin = origin;
  }

  /**
   * Trains 100 steps.
   *
   * @param args when the harness started this, in milliseconds since 1970; workload; threads; a
   *     folder with {@code pixels} and {@code labels}
   */
  public static void main(String... args) throws IOException {
    StartRun run = new StartRun(Long.parseLong(args[0]));
    run.mark();
    Workload workload = Workloads.find(args[1]);
    try (Compute compute = Compute.of(Integer.parseInt(args[2]))) {
      Dataset data = ContenderProcess.read(workload, Path.of(args[3]));
      run.mark();
      TrainingSession session =
          new TrainingSession(workload.model(), workload.recipe(), data, compute);
      run.mark();
      for (int step = 1; step <= 100; step++) {
        session.advance();
        if (step == 1 || step == 10 || step == 100) {
          run.mark();
        }
      }
    }
    Duration used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    System.out.println(run.answer.add(Long.toString(used.toMillis())));
  }

  private void mark() {
    answer.add(Long.toString(System.currentTimeMillis() - origin));
  }
}
