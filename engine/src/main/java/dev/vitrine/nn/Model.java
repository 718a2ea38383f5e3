package dev.vitrine.nn;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A network with its numbers: layers, the shape they are made for, and one flat array of parameters
 * and buffers. Graphs are made from it on demand; it owns no buffer of activations.
 *
 * @param network the layers, a {@link Sequential} of them as a rule
 * @param input the shape of one example
 * @param specs what each parameter is to its layer, in order
 * @param parameters the numbers of parameters and buffers, by their full names
 */
public record Model(Layer network, Shape input, List<ParameterSpec> specs, Parameters parameters) {
  /** The name of the graphs' input. */
  public static final String INPUT = "input";

  /** The name of the training graph's target. */
  public static final String TARGET = "target";

  /**
   * Checks that the numbers are the network's.
   *
   * @throws IllegalArgumentException if a parameter is missing in the layout, or has another shape
   */
  public Model {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(specs, "specs");
    Objects.requireNonNull(parameters, "parameters");
    specs = List.copyOf(specs);
    for (ParameterSpec spec : specs) {
      Shape got = parameters.layout().find(spec.name()).map(Layout.Entry::shape).orElse(null);
      if (!spec.shape().equals(got)) {
        throw new IllegalArgumentException(
            "The network has %s of %s, but the parameters given for it %s: they are another network's"
                .formatted(
                    Quote.of(spec.name()),
                    spec.shape(),
                    got == null ? "do not have it" : "have it as " + got));
      }
    }
  }

  /**
   * {@return a model whose parameters and buffers are not yet filled: zeros}
   *
   * @param network the layers
   * @param input the shape of one example
   * @throws UserException if a layer does not fit its input, or two layers or parameters have one
   *     name
   */
  public static Model of(Layer network, Shape input) {
    Layers.required("A network", network);
    Objects.requireNonNull(input, "input");
    List<ParameterSpec> specs = specs(network, input);
    return new Model(network, input, specs, Parameters.zeros(layout(specs)));
  }

  /**
   * {@return where the parameters and buffers of a network would lie; none is allocated}
   *
   * @param network the layers
   * @param input the shape of one example
   * @throws UserException as {@link #of(Layer, Shape)}
   */
  public static Layout layout(Layer network, Shape input) {
    Layers.required("A network", network);
    Objects.requireNonNull(input, "input");
    return layout(specs(network, input));
  }

  private static List<ParameterSpec> specs(Layer network, Shape input) {
    NetworkBuilder builder = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    build(network, input, builder);
    return List.copyOf(builder.parameters());
  }

  private static Layout layout(List<ParameterSpec> specs) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    specs.forEach(spec -> shapes.put(spec.name(), spec.shape()));
    return Layout.of(shapes);
  }

  /**
   * {@return a model with its weights drawn and its biases zero; normalisations start as the
   * identity}
   *
   * @param network the layers
   * @param input the shape of one example
   * @param weights how weights start
   * @param seed where the draws come from: purpose {@code "init <name>"}, element by element
   */
  public static Model of(Layer network, Shape input, Initializer weights, Seed seed) {
    Layers.required("A network", network);
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(seed, "seed");
    return of(network, input, weights, Initializer.constant(0), seed);
  }

  /**
   * {@return a model with its weights and its biases drawn}
   *
   * @param network the layers
   * @param input the shape of one example
   * @param weights how weights start
   * @param biases how biases start
   * @param seed where the draws come from, as with drawn weights alone
   */
  public static Model of(
      Layer network, Shape input, Initializer weights, Initializer biases, Seed seed) {
    Layers.required("A network", network);
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(biases, "biases");
    Objects.requireNonNull(seed, "seed");
    Model model = of(network, input);
    for (ParameterSpec spec : model.specs) {
      Initializer ordinary =
          switch (spec.role()) {
            case WEIGHT, FIXED -> weights;
            case BIAS -> biases;
            case SCALE, RUNNING_VARIANCE -> Initializer.constant(1);
            case SHIFT, RUNNING_MEAN -> Initializer.constant(0);
            case SLOPE -> Initializer.constant(0.25);
          };
      Initializer initializer = spec.start().orElse(ordinary);
      RandomStream random = seed.stream("init " + spec.name());
      float[] values = new float[spec.shape().elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = initializer.value(spec, random, i);
      }
      model.parameters.set(spec.name(), values);
    }
    return model;
  }

  /**
   * {@return the forward graph of a network that has no numbers}
   *
   * @param network the layers
   * @param input the shape of one example
   */
  public static Network inference(Layer network, Shape input) {
    Layers.required("A network", network);
    Objects.requireNonNull(input, "input");
    return build(network, input, new NetworkBuilder(new Graph(), Mode.INFERENCE));
  }

  private static Network build(Layer network, Shape input, NetworkBuilder builder) {
    Value output = builder.build(network, input);
    return new Network(builder.graph(), output, builder.layers());
  }

  /** {@return the forward graph and its output} */
  public Network inference() {
    return inference(network, input);
  }

  /**
   * {@return the forward graph with a loss, and its gradients}
   *
   * @param loss the formula, with what it compares the output with
   * @throws UserException if an {@link Auxiliary} head ends otherwise than the network, the loss is
   *     not one number for each example or does not depend on its target, a parameter is asked for
   *     in {@link Mode#INFERENCE} alone, or a batch's statistics have no buffer to follow them
   */
  public Training training(Loss loss) {
    Objects.requireNonNull(loss, "loss");
    NetworkBuilder builder = new NetworkBuilder(new Graph(), Mode.TRAINING);
    Network forward = build(network, input, builder);
    Graph graph = forward.graph;
    requireLearned(builder.parameters());
    Value target = forward.target(loss);
    Value mean = graph.batchMean(forward.loss(loss, target));
    Value objective = mean;
    for (NetworkBuilder.Head head : builder.heads()) {
      if (!head.output().shape().equals(forward.output.shape())) {
        throw new UserException(
            "An auxiliary head has an output of %s, but the network's is %s: a head ends as the network does"
                .formatted(head.output().shape(), forward.output.shape()));
      }
      Value theirs = graph.batchMean(each(loss, graph, head.output(), target));
      objective = graph.add(objective, graph.scale(theirs, head.weight()));
    }
    builder.statistics().forEach(this::requireBuffers);
    List<Value> learned =
        graph.values().stream().filter(v -> v.op() instanceof Leaf.Parameter).toList();
    Gradient gradient = Gradient.of(graph, objective, learned);
    Map<String, Value> gradients = new LinkedHashMap<>();
    gradient.of().forEach((p, dp) -> gradients.put(((Leaf.Parameter) p.op()).name(), dp));
    return new Training(
        gradient.graph(),
        graph.values().size(),
        forward.output,
        mean,
        gradients,
        List.copyOf(builder.statistics()));
  }

  /** A weight that only inference knows would stay as it began, and nobody would notice. */
  private void requireLearned(Collection<ParameterSpec> inTraining) {
    Set<String> there = new HashSet<>();
    inTraining.forEach(spec -> there.add(spec.name()));
    specs.stream()
        .filter(spec -> spec.role().learned() && !there.contains(spec.name()))
        .findFirst()
        .ifPresent(spec -> {
          throw new UserException(
              "The parameter %s is asked for in inference alone, so no training changes it: ask for it in both modes, or as a buffer"
                  .formatted(Quote.of(spec.name())));
        });
  }

  /** A loss that is the same whatever the target or the output is has nothing to teach. */
  private static void requireReader(Value loss, Value read, String ignored) {
    Set<Value> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(List.of(loss));
    while (!open.isEmpty()) {
      Value value = open.pop();
      if (value.equals(read)) {
        return;
      }
      if (seen.add(value)) {
        open.addAll(value.inputs());
      }
    }
    throw new UserException(
        "The loss ignores its %s: expected a formula of the output and of what it should have been, but nothing on the way to the loss reads the %s"
            .formatted(ignored, ignored));
  }

  private static Value each(Loss loss, Graph graph, Value output, Value target) {
    Value each = loss.apply(graph, output, target);
    if (each == null) {
      throw new UserException(
          "A loss expects to end in one number for each example, but gave null");
    }
    if (!each.perExample() || each.shape().rank() != 0) {
      throw new UserException(
          "A loss expects to end in one number for each example, but ended in %s for %s: sum over elements, never over examples"
              .formatted(each.shape(), each.perExample() ? "each" : "the whole batch"));
    }
    return each;
  }

  private void requireBuffers(RunningStatistics running) {
    requireBuffer(running.mean(), running.batchMean());
    requireBuffer(running.variance(), running.batchVariance());
  }

  private void requireBuffer(String name, Value batch) {
    Shape got = parameters.layout().find(name).map(Layout.Entry::shape).orElse(null);
    if (!batch.shape().equals(got) || batch.perExample()) {
      throw new UserException(
          "%s is to follow statistics of %s, but in inference the layer has %s of that name: ask for a buffer of that shape"
              .formatted(Quote.of(name), batch.shape(), got == null ? "none" : got));
    }
  }

  /** {@return the multiply–accumulate pairs of an example's answer} */
  public long macs() {
    return inference().graph.macs();
  }

  /** {@return the output's shape} */
  public Shape output() {
    return inference().output.shape();
  }

  /**
   * A graph and the value it is for.
   *
   * @param graph the forward pass
   * @param output the network's output in it
   * @param layers the layers within, by their paths, which are their values' scopes
   */
  public record Network(Graph graph, Value output, Map<String, Layer> layers) {
    /** Refuses {@code null}. */
    public Network {
      Objects.requireNonNull(graph, "graph");
      Objects.requireNonNull(output, "output");
      Objects.requireNonNull(layers, "layers");
    }

    /**
     * Adds a loss to the graph, and its target as the input {@link #TARGET}.
     *
     * @param loss the formula, with what it compares the output with
     * @return the loss of each example, of shape ()
     * @throws UserException if it is not one number for each example, or does not depend on its
     *     target
     */
    public Value loss(Loss loss) {
      Objects.requireNonNull(loss, "loss");
      return loss(loss, target(loss));
    }

    private Value target(Loss loss) {
      return graph.input(TARGET, loss.target().shape(output.shape()));
    }

    private Value loss(Loss loss, Value target) {
      Value each = each(loss, graph, output, target);
      requireReader(each, target, "target");
      requireReader(each, output, "output");
      return each;
    }
  }

  /**
   * A training graph.
   *
   * @param graph forward pass, loss and backward pass
   * @param forwardValues how many of its values are the forward pass
   * @param output the network's output, such as logits
   * @param loss the mean loss of the batch, that of {@link Auxiliary} heads left out
   * @param gradients of the objective, which is the loss and the heads' weighted losses, by
   *     parameter name
   * @param statistics the buffers to bring up to date after each step, from what of the graph
   */
  public record Training(
      Graph graph,
      int forwardValues,
      Value output,
      Value loss,
      Map<String, Value> gradients,
      List<RunningStatistics> statistics) {
    /** Refuses {@code null}. */
    public Training {
      Objects.requireNonNull(graph, "graph");
      Objects.requireNonNull(output, "output");
      Objects.requireNonNull(loss, "loss");
      Objects.requireNonNull(gradients, "gradients");
      Objects.requireNonNull(statistics, "statistics");
    }
  }
}
