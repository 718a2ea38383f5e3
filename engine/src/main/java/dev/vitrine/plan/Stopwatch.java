package dev.vitrine.plan;

import dev.vitrine.plan.memory.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long each step of a plan takes, from the moment somebody wants to know. */
final class Stopwatch {
  private final Step[] steps;
  private final int forwardSteps;
  private long[] nanos;
  private long stamped;

  Stopwatch(Step[] steps, int forwardSteps) {
    this.steps = steps;
    this.forwardSteps = forwardSteps;
  }

  void start() {
    nanos = new long[steps.length];
  }

  /** Books the time since the last stamp on the step before {@code step}. */
  void stamp(int step) {
    if (nanos == null) {
      return;
    }
    long now = System.nanoTime();
    if (step > 0) {
      nanos[step - 1] += now - stamped;
    }
    stamped = now;
  }

  List<StepTime> times() {
    if (nanos == null) {
      throw new IllegalStateException("No step was timed: call profile() before the runs");
    }
    List<StepTime> times = new ArrayList<>();
    for (int s = 0; s < steps.length; s++) {
      times.add(new StepTime(steps[s].name(), s >= forwardSteps, nanos[s]));
    }
    return times;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (StepTime time : times()) {
      if (lines.size() == forwardSteps) {
        lines.add("--------");
      }
      lines.add(String.format(Locale.ROOT, "%8.2f  %s", time.nanos() / 1e6, time.name()));
    }
    return lines;
  }
}
