package dev.vitrine.cli;

import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.workload.AnswerClock;
import dev.vitrine.workload.AnswerResult;
import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.StepClock;
import dev.vitrine.workload.Window;
import dev.vitrine.workload.Windows;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How fast a network answers through a {@link Predictor}, and where its time goes. */
final class InferenceBench {
  private final Terminal terminal;
  private final String name;
  private final Model model;
  private final double seconds;

  /**
   * A network to ask.
   *
   * @param nameOrFile of the zoo, with numbers drawn; or a run or file with its own
   */
  InferenceBench(Terminal terminal, String nameOrFile, double seconds) {
    this.terminal = terminal;
    this.seconds = seconds;
    name = nameOrFile;
    model = model(nameOrFile);
  }

  private static Model model(String nameOrFile) {
    if (!Zoo.has(nameOrFile) && Files.exists(Path.of(nameOrFile))) {
      return TrainedNetwork.open(Path.of(nameOrFile), Optional.empty()).load().model();
    }
    NetworkSpec spec = Zoo.named(nameOrFile);
    return Model.of(spec.layers(), spec.input(), Initializer.kaimingUniform(), Seed.of(1));
  }

  private float[][] inputs(int batch) {
    RandomStream random = Seed.of(1).stream("input");
    float[][] inputs = new float[batch][model.input().elements()];
    for (int n = 0; n < batch; n++) {
      for (int i = 0; i < inputs[n].length; i++) {
        inputs[n][i] = (float) random.normal((long) n * inputs[n].length + i);
      }
    }
    return inputs;
  }

  /** Prints a row for each batch size; returns what {@code --json} has of them. */
  Map<String, Object> measure(List<Integer> batches, Compute compute, Yardstick yardstick) {
    List<AnswerResult> results = new ArrayList<>();
    terminal.print("%s", name);
    terminal.print(" batch   images/s  spread  of ceiling   p50 ms   p95 ms   p99 ms");
    try (Predictor predictor = Predictor.of(model, compute.kernels())) {
      for (int batch : batches) {
        AnswerClock clock = new AnswerClock(predictor, inputs(batch), new ProcessorTime());
        Windows windows = windows(clock, batch);
        AnswerResult result =
            AnswerResult.of(
                name, batch, AnswerResult.flops(model), clock, windows, yardstick.ceiling());
        row(result);
        results.add(result);
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", yardstick.machine());
    json.put("ceiling", yardstick.ceiling());
    json.put("inference", results);
    return json;
  }

  private Windows windows(AnswerClock clock, int batch) {
    terminal.progress(0, () -> "batch %s: warming up".formatted(batch));
    clock.warmUp(seconds);
    Windows windows = new Windows(List.of());
    while (!windows.enough()) {
      windows = windows.plus(clock.run(seconds));
      int done = windows.all().size() - windows.disturbed();
      terminal.progress(
          Math.min(1.0, done / (double) Windows.WANTED), () -> "batch %s".formatted(batch));
    }
    return windows;
  }

  private void row(AnswerResult r) {
    terminal.print(
        "%6d %,10.1f %6.1f%% %10.1f%% %8.3f %8.3f %8.3f%s",
        r.batchSize(),
        r.imagesPerSecond(),
        100 * r.spread(),
        100 * r.shareOfCeiling(),
        r.p50(),
        r.p95(),
        r.p99(),
        r.quiet() ? "" : " *");
    if (!r.quiet()) {
      terminal.sentence(
          "  * other processes used more than %.0f %% of a processor in %d of %d windows",
          100 * ProcessorTime.QUIET, r.disturbed(), r.windows());
    }
  }

  /**
   * Shows where a request's time goes, in the plan that the predictor makes of so many examples; a
   * request of more than it takes runs it several times.
   */
  void profile(int batch, Compute compute, Yardstick yardstick, Optional<Output> json) {
    try (Predictor predictor = Predictor.of(model, compute.kernels())) {
      Value output = predictor.output().value();
      Plan plan = predictor.planner(batch).plan(compute.kernels(), compute.workers());
      float[][] inputs = inputs(batch);
      StepClock clock = new StepClock(() -> request(plan, inputs, output), new ProcessorTime());
      terminal.progress(0, () -> name + ": warming up");
      clock.warmUp(seconds);
      plan.profile();
      Window window = clock.run(seconds);
      List<ProfileView.Line> lines =
          ProfileView.lines(plan.stepTimes(), window, "outside the plan: input, output");
      int atOnce = plan.batchSize();
      String title =
          "%s, batch %s".formatted(name, batch)
              + (batch > atOnce ? ", %s at a time".formatted(atOnce) : "");
      double flops = (double) AnswerResult.flops(model) * batch;
      ProfileView.show(
          terminal,
          new ProfileView.Profiled("network", name, title, flops, plan.bytes()),
          window,
          lines,
          yardstick,
          json);
    }
  }

  private static double request(Plan plan, float[][] inputs, Value output) {
    try {
      float[] last = new float[0];
      for (int from = 0; from < inputs.length; from += plan.batchSize()) {
        int count = Math.min(inputs.length - from, plan.batchSize());
        plan.input(Model.INPUT, count, inputs, from);
        plan.run(count);
        for (int n = 0; n < count; n++) {
          last = plan.read(output, n);
        }
      }
      return last[0];
    } finally {
      plan.release();
    }
  }
}
