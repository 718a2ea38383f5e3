package dev.vitrine.testkit;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Plan;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import java.util.Collection;
import java.util.Map;

/**
 * The numbers of all leaves of a graph for one batch.
 *
 * @param inputs by name, {@code [example][element]}
 * @param parameters by name
 */
public record Numbers(Map<String, double[][]> inputs, Map<String, double[]> parameters) {
  /** The step that random ops see in every check. */
  public static final long STEP = 5;

  /** The seed that random ops see in every check. */
  public static final Seed SEED = Seed.of(77);

  /**
   * An interpreter that was given these numbers.
   *
   * @param batchSize the number of examples, which a graph without inputs does not fix
   */
  public Interpreter interpreter(int batchSize) {
    Interpreter interpreter = new Interpreter(batchSize, STEP, SEED);
    inputs.forEach(interpreter::input);
    parameters.forEach(interpreter::parameter);
    return interpreter;
  }

  /** The elements of a leaf that an interpreter of these numbers reads: writing changes them. */
  double[] of(Value leaf, int example) {
    return switch (leaf.op()) {
      case Leaf.Input input -> inputs.get(input.name())[example];
      case Leaf.Parameter parameter -> parameters.get(parameter.name());
      default -> throw new IllegalArgumentException(leaf + " is not an input or a parameter");
    };
  }

  /**
   * Gives a plan its inputs and fills the parameters.
   *
   * @param read the inputs that the plan reads; it knows no others
   */
  public void feed(Plan plan, Collection<String> read, Parameters values) {
    for (String name : read) {
      double[][] examples = inputs.get(name);
      for (int n = 0; n < examples.length; n++) {
        plan.input(name, n, floats(examples[n]));
      }
    }
    parameters.forEach((name, elements) -> values.set(name, floats(elements)));
  }

  private static float[] floats(double[] a) {
    float[] floats = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      floats[i] = (float) a[i];
    }
    return floats;
  }
}
