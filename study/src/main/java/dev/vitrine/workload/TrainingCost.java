package dev.vitrine.workload;

import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The arithmetic of a training step, read off its graph. */
final class TrainingCost {
  private TrainingCost() {}

  /** Two for each multiply–accumulate, per example, of all values that the step needs. */
  static long flops(Model.Training training) {
    return 2 * needed(training).stream().mapToLong(value -> value.cost().macs()).sum();
  }

  private static Collection<Value> needed(Model.Training training) {
    Deque<Value> open = new ArrayDeque<>(training.gradients().values());
    open.add(training.loss());
    Set<Value> needed = new HashSet<>();
    while (!open.isEmpty()) {
      Value value = open.pop();
      if (needed.add(value)) {
        open.addAll(value.inputs());
      }
    }
    return needed;
  }
}
