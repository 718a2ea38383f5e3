package dev.vitrine.cli;

import dev.vitrine.plan.Compute;
import dev.vitrine.plan.StepTime;
import dev.vitrine.train.PlanGradients;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.StepClock;
import dev.vitrine.workload.Window;
import dev.vitrine.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows where the time of a workload's training steps goes. */
final class ProfileView {

  private ProfileView() {}

  /**
   * What was looked into.
   *
   * @param kind what {@code --json} calls it
   * @param name its name there
   * @param title what the screen calls it
   * @param flops of a step: two for each multiply-accumulate
   * @param bytes that its plan holds
   */
  record Profiled(String kind, String name, String title, double flops, long bytes) {}

  /** Measures for a few windows and prints the plan's steps, the longest first. */
  static void show(
      Terminal terminal,
      Workload workload,
      Compute compute,
      double seconds,
      Yardstick yardstick,
      Optional<Output> json) {
    PlanGradients plan = PlanGradients.of(workload.model(), workload.recipe(), compute);
    TrainingSession session = workload.session(plan, compute);
    StepClock clock = new StepClock(session::advance, new ProcessorTime());
    terminal.progress(0, () -> workload + ": warming up");
    clock.warmUp(seconds);
    plan.profile();
    Window window = clock.run(seconds);
    List<Line> lines =
        lines(plan.stepTimes(), window, "outside the plan: input, optimiser, loss, accuracy");
    double flops = (double) workload.flops() * workload.recipe().batchSize();
    show(
        terminal,
        new Profiled("workload", workload.id(), workload.toString(), flops, plan.planBytes()),
        window,
        lines,
        yardstick,
        json);
  }

  /** Prints, and writes, where the time of a window's steps went, the longest first. */
  static void show(
      Terminal terminal,
      Profiled subject,
      Window window,
      List<Line> lines,
      Yardstick yardstick,
      Optional<Output> json) {
    double gflops = subject.flops() * 1e-3 / micros(window);
    double share = gflops / yardstick.ceiling().allThreads();
    terminal.print(
        "%s: %.1f µs a step, %.1f GFLOP/s, %.1f%% of the ceiling",
        subject.title(), micros(window), gflops, 100 * share);
    terminal.print("memory for activations and scratch: %.1f MB", subject.bytes() * 1e-6);
    terminal.print("      µs   share   step");
    lines.forEach(line ->
        terminal.cut("%8.1f  %5.1f%%   %s", line.micros(), 100 * line.share(), line.step()));
    json.ifPresent(file -> {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("machine", yardstick.machine());
      fields.put("ceiling", yardstick.ceiling());
      fields.put(subject.kind(), subject.name());
      fields.put("microsPerStep", micros(window));
      fields.put("gflops", gflops);
      fields.put("shareOfCeiling", share);
      fields.put("planBytes", subject.bytes());
      fields.put("steps", toJson(lines));
      file.json(fields);
    });
  }

  private static double micros(Window window) {
    return window.seconds() / window.steps() * 1e6;
  }

  /** A step of the plan, or what remains. */
  record Line(double micros, double share, String step) {}

  static List<Line> lines(List<StepTime> times, Window window, String outside) {
    List<Line> lines = new ArrayList<>();
    double rest = window.seconds();
    for (StepTime time : times) {
      lines.add(line(time.nanos() * 1e-9, window, pass(time) + time.name()));
      rest -= time.nanos() * 1e-9;
    }
    lines.add(line(rest, window, outside));
    lines.sort(Comparator.comparingDouble(Line::micros).reversed());
    return lines;
  }

  private static String pass(StepTime time) {
    return time.backward() ? "← " : "→ ";
  }

  private static Line line(double seconds, Window window, String step) {
    return new Line(seconds * 1e6 / window.steps(), seconds / window.seconds(), step);
  }

  private static List<Map<String, Object>> toJson(List<Line> lines) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Line line : lines) {
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("step", line.step());
      step.put("micros", line.micros());
      step.put("share", line.share());
      steps.add(step);
    }
    return steps;
  }
}
