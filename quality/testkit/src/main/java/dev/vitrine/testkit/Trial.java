package dev.vitrine.testkit;

import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One plan of a problem, run under conditions that bring out cells which are not written. */
final class Trial {
  private static final String GRADIENT = "gradient of ";

  /** A NaN that no arithmetic makes: it marks what must stay as it is. */
  private static final float UNTOUCHED = Float.intBitsToFloat(0x7FEBCDEF);

  private final Problem problem;
  private final Oracle.Engine engine;
  private final Oracle.Size size;
  private final Layout layout;
  private final Parameters parameters;
  private final Parameters gradients;
  private final Plan plan;
  private final List<String> read;

  Trial(Problem problem, Oracle.Engine engine, Workers team, Oracle.Size size) {
    this.problem = problem;
    this.engine = engine;
    this.size = size;
    layout = Layout.of(problem.parameterShapes());
    parameters = Parameters.zeros(layout);
    gradients = Parameters.zeros(layout);
    plan = plan(team);
    read = inputsRead();
  }

  private Plan plan(Workers team) {
    Planner planner =
        Planner.of(problem.graph(), parameters).batchSize(size.planned()).outputs(problem.output());
    if (problem.objective() != null) {
      planner.outputs(problem.objective());
    }
    Map<String, Value> stored = new LinkedHashMap<>();
    problem
        .gradients()
        .forEach((leaf, gradient) -> {
          if (leaf.op() instanceof Leaf.Parameter p) {
            stored.put(p.name(), gradient);
          } else {
            planner.outputs(gradient);
          }
        });
    if (!stored.isEmpty()) {
      planner.gradients(stored, gradients, problem.forward().values().size());
    }
    return planner.plan(engine.kernels(), team);
  }

  /** The inputs that some observed value depends on. */
  private List<String> inputsRead() {
    Set<Value> needed = new HashSet<>(observed(problem).values());
    List<String> names = new ArrayList<>();
    for (Value value : problem.graph().values().reversed()) {
      if (needed.contains(value)) {
        needed.addAll(value.inputs());
        if (value.op() instanceof Leaf.Input input) {
          names.add(input.name());
        }
      }
    }
    return names;
  }

  /** What a trial reads, by name. */
  static Map<String, Value> observed(Problem problem) {
    Map<String, Value> observed = new LinkedHashMap<>();
    observed.put("output", problem.output());
    if (problem.objective() != null) {
      observed.put("objective", problem.objective());
    }
    problem.gradients().forEach((leaf, gradient) -> observed.put(GRADIENT + name(leaf), gradient));
    return observed;
  }

  private static String name(Value leaf) {
    return leaf.op() instanceof Leaf.Parameter p ? p.name() : ((Leaf.Input) leaf.op()).name();
  }

  /**
   * Runs garbage, then the numbers, then the numbers on poisoned memory.
   *
   * @return what was read, by name, {@code [example][element]}
   */
  Map<String, float[][]> run(Numbers numbers, Seed seed) {
    garbage(seed);
    runOnce(numbers);
    Map<String, float[][]> result = read();
    plan.poison(Float.NaN);
    runOnce(numbers);
    Oracle.sameBits(problem.of() + " on poisoned memory, " + engine, result, read());
    return result;
  }

  /** A full batch of other numbers, a thousand times as large where they are not class numbers. */
  private void garbage(Seed seed) {
    Map<String, Points> large = new HashMap<>();
    problem
        .points()
        .forEach((leaf, points) ->
            large.put(
                leaf,
                (random, i) -> {
                  double number = points.draw(random, i);
                  return number == Math.rint(number) ? number : 1000 * number;
                }));
    Problem other =
        new Problem(
            problem.of(),
            problem.forward(),
            problem.output(),
            problem.objective(),
            problem.graph(),
            problem.wanted(),
            problem.gradients(),
            large);
    Seed otherSeed = Seed.of(seed.value() + 1_000_003);
    other.numbers(otherSeed, size.planned()).feed(plan, read, parameters);
    Arrays.fill(gradients.values(), UNTOUCHED);
    plan.run(size.planned(), Numbers.STEP + 1, otherSeed);
  }

  private void runOnce(Numbers numbers) {
    numbers.feed(plan, read, parameters);
    Arrays.fill(gradients.values(), UNTOUCHED);
    plan.run(size.run(), Numbers.STEP, Numbers.SEED);
    gapsMustBeUntouched();
  }

  private void gapsMustBeUntouched() {
    float[] expected = new float[layout.size()];
    Arrays.fill(expected, UNTOUCHED);
    problem.gradients().keySet().stream()
        .filter(leaf -> leaf.op() instanceof Leaf.Parameter)
        .map(leaf -> layout.entry(name(leaf)))
        .forEach(e -> {
          int end = e.offset() + e.shape().elements();
          System.arraycopy(gradients.values(), e.offset(), expected, e.offset(), end - e.offset());
        });
    int[] wanted = bits(expected);
    int[] got = bits(gradients.values());
    int at = Arrays.mismatch(wanted, got);
    if (at >= 0) {
      throw new AssertionError(
          "%s, %s: element %s of the gradients belongs to none, but %s was written there"
              .formatted(problem.of(), engine, at, gradients.values()[at]));
    }
  }

  private static int[] bits(float[] a) {
    int[] bits = new int[a.length];
    for (int i = 0; i < a.length; i++) {
      bits[i] = Float.floatToRawIntBits(a[i]);
    }
    return bits;
  }

  private Map<String, float[][]> read() {
    Map<String, float[][]> read = new LinkedHashMap<>();
    Map<String, Value> observed = observed(problem);
    observed.forEach((name, value) -> {
      String leaf = name.startsWith(GRADIENT) ? name.substring(GRADIENT.length()) : "";
      if (problem.parameterShapes().containsKey(leaf)) {
        read.put(name, new float[][] {gradients.get(leaf)});
      } else {
        float[][] elements = new float[value.perExample() ? size.run() : 1][];
        Arrays.setAll(elements, n -> plan.read(value, n));
        read.put(name, elements);
      }
    });
    return read;
  }
}
