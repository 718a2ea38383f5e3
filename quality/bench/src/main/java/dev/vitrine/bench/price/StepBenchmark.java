package dev.vitrine.bench.price;

import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.Workloads;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds of a training step at batches that fill the 16 lanes of a block, and do not. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class StepBenchmark {
  @Param("W3")
  private String workload;

  @Param({"1", "15", "16", "17"})
  private int batchSize;

  private Compute compute;
  private TrainingSession session;

  /** Makes the session, on one thread. */
  @Setup
  public void prepare() {
    Workload found = Workloads.find(workload);
    compute = Compute.of(1);
    // The workload's own rate diverges at a batch of one.
    Recipe recipe = Recipe.of(Sgd.of(1e-5).momentum(0.9)).batchSize(batchSize);
    session =
        new Workload(found.id(), found.network(), recipe.epochs(Integer.MAX_VALUE))
            .session(compute);
  }

  /** One step. */
  @Benchmark
  public double step() {
    return session.advance();
  }

  /** Ends the threads. */
  @TearDown
  public void end() {
    compute.close();
  }
}
