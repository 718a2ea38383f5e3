package dev.vitrine.inside;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Reads what every layer of a network gives for some examples, and the gradients of their mean loss
 * with respect to it and to the parameters. The network is taken as it is used: dropout passes its
 * input on, batch normalisations have their running averages. It computes on a plan of its own and
 * only reads the model's numbers, so a training is not changed by it.
 */
public final class LayerProbe {
  private final Model model;
  private final Map<String, Value> outputs;
  private final Optional<Gradient> gradient;
  private final Plan plan;

  private LayerProbe(Model model, Optional<Loss> loss, int examples, Compute compute) {
    this.model = model;
    Model.Network network = model.inference();
    outputs = outputs(network.graph());
    Graph graph = network.graph();
    Set<Value> wanted = new LinkedHashSet<>(outputs.values());
    gradient =
        loss.map(formula -> {
          Value mean = graph.batchMean(network.loss(formula));
          graph.values().stream()
              .filter(value -> value.op() instanceof Leaf.Parameter)
              .forEach(wanted::add);
          return Gradient.of(graph, mean, wanted);
        });
    Set<Value> read = new LinkedHashSet<>(outputs.values());
    gradient.ifPresent(known -> read.addAll(known.of().values()));
    plan =
        Planner.of(gradient.map(Gradient::graph).orElse(graph), model.parameters())
            .outputs(read.toArray(Value[]::new))
            .batchSize(examples)
            .plan(compute.kernels(), compute.workers());
  }

  /**
   * {@return a probe of a network}
   *
   * @param model whose numbers are read at every {@link #read}
   * @param loss of which gradients are taken; without it there are none
   * @param examples the most that are given at once
   * @param compute what it runs on; it stays the caller's
   * @throws dev.vitrine.error.UserException if the loss does not fit the network
   */
  public static LayerProbe of(Model model, Optional<Loss> loss, int examples, Compute compute) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(compute, "compute");
    return new LayerProbe(model, loss, examples, compute);
  }

  /**
   * {@return the last value of each innermost layer that computes something, by its path, in the
   * graph's order}
   *
   * @param graph of a network
   */
  public static Map<String, Value> outputs(Graph graph) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (Value value : graph.values()) {
      if (value.perExample() && !(value.op() instanceof Leaf) && !value.scope().isEmpty()) {
        outputs.remove(value.scope());
        outputs.put(value.scope(), value);
      }
    }
    return outputs;
  }

  /**
   * Computes with the model's numbers as they are now.
   *
   * @param feed gives the plan's examples, inputs and, if there is a loss, targets; answers how
   *     many
   * @return what each layer gives, in the order of the graph
   */
  public Reading read(ToIntFunction<Plan> feed) {
    Objects.requireNonNull(feed, "feed");
    plan.forget();
    try {
      int count = feed.applyAsInt(plan);
      plan.run(count);
      List<LayerNumbers> layers = new ArrayList<>();
      outputs.forEach((path, value) ->
          layers.add(
              new LayerNumbers(
                  path,
                  value.op(),
                  value.shape(),
                  of(value, count),
                  gradientOf(value).map(dy -> of(dy, count)))));
      List<ParameterNumbers> parameters = new ArrayList<>();
      for (ParameterSpec spec : model.specs()) {
        if (spec.role().learned()) {
          parameters.add(
              new ParameterNumbers(
                  spec, model.parameters().get(spec.name()), gradientOf(spec.name())));
        }
      }
      return new Reading(count, layers, parameters);
    } finally {
      plan.release();
    }
  }

  private float[][] of(Value value, int count) {
    float[][] all = new float[count][];
    for (int i = 0; i < count; i++) {
      all[i] = plan.read(value, i);
    }
    return all;
  }

  private Optional<Value> gradientOf(Value value) {
    return gradient.map(known -> known.of().get(value));
  }

  private Optional<float[]> gradientOf(String parameter) {
    return gradient.flatMap(known ->
        known.of().entrySet().stream()
            .filter(entry ->
                entry.getKey().op() instanceof Leaf.Parameter leaf && leaf.name().equals(parameter))
            .map(entry -> plan.read(entry.getValue(), 0))
            .findFirst());
  }
}
