package dev.vitrine.plan;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Graph;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Arena;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.steps.BatchSteps;
import dev.vitrine.plan.steps.FewExamples;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Numbers;
import dev.vitrine.tensor.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compiles a graph into a {@link Plan}: what must be computed, in which order, where every number
 * lies. All checks are done here, before any data is read.
 */
public final class Planner {
  private final Graph graph;
  private final Numbers parameters;
  private final Set<Value> outputs = new LinkedHashSet<>();
  private final Map<String, Value> gradients = new LinkedHashMap<>();
  private Parameters gradientStorage;
  private int batchSize = 1;
  private Frozen frozen;
  private int forwardValues = Integer.MAX_VALUE;

  private Planner(Graph graph, Numbers parameters) {
    this.graph = graph;
    this.parameters = parameters;
  }

  /**
   * {@return a planner of a graph}
   *
   * @param graph what will be run
   * @param parameters the numbers of its parameters: read by every run, never written
   */
  public static Planner of(Graph graph, Numbers parameters) {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(parameters, "parameters");
    return new Planner(graph, parameters);
  }

  /**
   * Values to be read after a run.
   *
   * @param values values of the graph; any number of calls add up
   * @return this
   */
  public Planner outputs(Value... values) {
    Objects.requireNonNull(values, "values");
    outputs.addAll(Arrays.asList(values));
    return this;
  }

  /**
   * Gradients to be stored by every run.
   *
   * @param of from a parameter's name to the value that is its gradient
   * @param storage where they go; a parameter without a gradient keeps what is there
   * @param from how many values of the graph are the forward pass; the rest are the backward one
   * @return this
   */
  public Planner gradients(Map<String, Value> of, Parameters storage, int from) {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(storage, "storage");
    Objects.checkIndex(from, graph.values().size() + 1);
    gradients.putAll(of);
    gradientStorage = storage;
    forwardValues = from;
    return this;
  }

  /**
   * The largest batch that will be run.
   *
   * @param size how many examples, at least 1
   * @return this
   */
  public Planner batchSize(int size) {
    if (size < 1) {
      throw new UserException("The batch size expects 1 or more, but got " + size);
    }
    batchSize = size;
    return this;
  }

  /** {@return the largest batch that will be run} */
  public int batchSize() {
    return batchSize;
  }

  /**
   * States that the parameters will never change, and that batches will be of few examples: the
   * plan holds weights in the form that suits, and each example by itself, 16 channels side by
   * side, where it can. The bits are those of other plans, but perhaps for the sign of a zero.
   *
   * @param parameters the planner's parameters, with what other plans have made of them
   * @return this
   * @throws IllegalArgumentException if they are others than the planner's
   */
  public Planner frozen(Frozen parameters) {
    Objects.requireNonNull(parameters, "parameters");
    if (!parameters.isOf(this.parameters)) {
      throw new IllegalArgumentException("The frozen parameters are not those of the planner");
    }
    frozen = parameters;
    return this;
  }

  /**
   * Compiles.
   *
   * @param kernels the routines to run on
   * @param workers the threads to run on; they stay the caller's
   * @return the plan, with memory of its own
   * @throws IllegalArgumentException if nothing is asked for, a value is of another graph, or
   *     parameters or gradients have another shape in their storage than in the graph
   */
  public Plan plan(Kernels kernels, Workers workers) {
    Objects.requireNonNull(kernels, "kernels");
    Objects.requireNonNull(workers, "workers");
    Draft draft = draft(kernels);
    return new Plan(
        kernels,
        draft.lowering.steps,
        draft.forwardSteps,
        draft.lowering.inputs,
        draft.lowering.inputPanels(),
        draft.results,
        batchSize,
        workers,
        draft.arena.allocate());
  }

  /**
   * {@return the plan's steps, told: what each computes, reads and writes}
   *
   * @param kernels the routines it would run on
   */
  public List<PlannedStep> describe(Kernels kernels) {
    Objects.requireNonNull(kernels, "kernels");
    Draft draft = draft(kernels);
    draft.arena.assign();
    return Description.of(draft.lowering.steps, draft.forwardSteps, batchSize);
  }

  /**
   * {@return what {@link Plan#bytes} of the plan would be, without the memory for it}
   *
   * @param kernels the routines it would run on
   * @param threads how many it would run on
   */
  public long bytes(Kernels kernels, int threads) {
    Objects.requireNonNull(kernels, "kernels");
    Draft draft = draft(kernels);
    return Plan.bytes(draft.arena.floats(), threads, draft.lowering.steps);
  }

  /** All of a plan but its memory. */
  private record Draft(
      Lowering lowering, int forwardSteps, Map<Value, Result> results, Arena.Placement arena) {}

  private Draft draft(Kernels kernels) {
    new PlanCheck(graph, parameters).check(outputs, gradients, gradientStorage);
    int blocks = Math.ceilDiv(batchSize, Kernels.LANES);
    Map<Value, List<Value>> consumers = consumers();
    FewExamples few = frozen == null ? null : new FewExamples(frozen, batchSize, consumers);
    Lowering lowering = new Lowering(kernels, blocks, parameters, consumers, few);
    bindGradients(lowering);
    int forwardSteps = -1;
    for (Value value : graph.values()) {
      if (value.id() == forwardValues) {
        forwardSteps = lowering.steps.size();
      }
      if (lowering.isNeeded(value)) {
        OpSteps.lower(lowering, value);
      }
    }
    storeGradients(lowering);
    Map<Value, Result> results = new LinkedHashMap<>();
    outputs.forEach(v -> results.put(v, Result.of(lowering, v)));
    List<Buffer> kept = new ArrayList<>(lowering.inputs.values());
    results.values().forEach(result -> kept.add(result.buffer()));
    lowering.inputPanels().values().forEach(panels -> kept.add(panels.buffer()));
    return new Draft(
        lowering,
        forwardSteps < 0 ? lowering.steps.size() : forwardSteps,
        results,
        Arena.place(lowering.steps, kept));
  }

  /** The values that must be computed, each with those that read it. */
  private Map<Value, List<Value>> consumers() {
    Map<Value, List<Value>> consumers = new HashMap<>();
    List<Value> roots = new ArrayList<>(outputs);
    roots.addAll(gradients.values());
    roots.forEach(v -> consumers.computeIfAbsent(v, key -> new ArrayList<>()).add(null));
    List<Value> values = graph.values();
    for (int id = values.size() - 1; id >= 0; id--) {
      Value value = values.get(id);
      if (consumers.containsKey(value)) {
        for (Value input : value.inputs()) {
          consumers.computeIfAbsent(input, key -> new ArrayList<>()).add(value);
        }
      }
    }
    return consumers;
  }

  private Buffer gradientPlace(String name) {
    Layout.Entry entry = gradientStorage.layout().entry(name);
    return Buffer.outside(gradientStorage.values(), entry.offset(), entry.shape().elements());
  }

  /** Lets each gradient be computed where it is stored, the first if one value serves several. */
  private void bindGradients(Lowering lowering) {
    Collection<Value> seen = new LinkedHashSet<>();
    gradients.forEach((name, value) -> {
      if (seen.add(value)) {
        lowering.bind(value, gradientPlace(name));
      }
    });
  }

  /** Copies the gradients that were computed elsewhere. */
  private void storeGradients(Lowering lowering) {
    gradients.forEach((name, value) -> {
      Buffer from = lowering.flat(value);
      Buffer to = gradientPlace(name);
      if (from.data() != to.data() || from.offset() != to.offset()) {
        BatchSteps.copyFlat(lowering, from, to);
      }
    });
  }
}
