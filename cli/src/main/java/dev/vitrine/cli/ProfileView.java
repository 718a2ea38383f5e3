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

  /** Measures for a few windows and prints the plan's steps, the longest first. */
  static void show(
      Terminal terminal,
      Workload workload,
      Compute compute,
      double seconds,
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
    print(terminal, workload.toString(), window, plan.planBytes(), lines);
    json.ifPresent(
        file -> file.json(toJson("workload", workload.id(), window, plan.planBytes(), lines)));
  }

  /** Prints where the time of a window's steps went, the longest first. */
  static void print(Terminal terminal, String what, Window window, long bytes, List<Line> lines) {
    terminal.print("%s: %.1f µs a step", what, micros(window));
    terminal.print("memory for activations and scratch: %.1f MB", bytes * 1e-6);
    terminal.print("      µs   share   step");
    lines.forEach(line ->
        terminal.cut("%8.1f  %5.1f%%   %s", line.micros(), 100 * line.share(), line.step()));
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

  static Map<String, Object> toJson(
      String kind, String name, Window window, long planBytes, List<Line> lines) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Line line : lines) {
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("step", line.step());
      step.put("micros", line.micros());
      step.put("share", line.share());
      steps.add(step);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(kind, name);
    json.put("microsPerStep", micros(window));
    json.put("planBytes", planBytes);
    json.put("steps", steps);
    return json;
  }
}
