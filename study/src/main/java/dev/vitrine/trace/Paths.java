package dev.vitrine.trace;

import dev.vitrine.trace.Trace.Local;
import dev.vitrine.trace.Trace.Path;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ways from the objective to wanted numbers, where all between are numbers. */
final class Paths {
  /** More ways than anybody reads. */
  private static final int MOST = 24;

  private final List<Local> locals;
  private final String objective;
  private final List<Path> found = new ArrayList<>();

  Paths(List<Local> locals, String objective) {
    this.locals = locals;
    this.objective = objective;
  }

  /** All ways; none of a name with too many, or with some through vectors or matrices. */
  List<Path> to(List<String> wanted, Map<String, Tensor> numbers) {
    List<Path> all = new ArrayList<>();
    for (String name : wanted) {
      found.clear();
      go(name, new ArrayList<>(List.of(objective)), new ArrayList<>());
      double sum = found.stream().mapToDouble(Path::product).sum();
      double gradient = numbers.get(Flow.partial(objective, name)).at(0);
      boolean whole = Math.abs(sum - gradient) <= 1e-9 * Math.max(1, Math.abs(gradient));
      if (found.size() <= MOST && whole) {
        all.addAll(found);
      }
    }
    return all;
  }

  private void go(String to, List<String> steps, List<Double> factors) {
    if (found.size() > MOST) {
      return;
    }
    String last = steps.getLast();
    if (last.equals(to)) {
      double product = factors.stream().reduce(1.0, (a, b) -> a * b);
      found.add(new Path(to, List.copyOf(steps), List.copyOf(factors), product));
      return;
    }
    for (Local local : locals) {
      if (local.of().equals(last)) {
        steps.add(local.by());
        factors.add(local.value());
        go(to, steps, factors);
        steps.removeLast();
        factors.removeLast();
      }
    }
  }
}
