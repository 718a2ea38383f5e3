package dev.vitrine.trace.network;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Backpropagation through a network for one example.
 *
 * @param question what was asked
 * @param loss of the example
 * @param output the network's
 * @param layers the input and what each layer gives, in order
 * @param parameters the learned ones, in order
 * @param weight one weight's gradient as a sum; empty if nothing is learned
 * @param precise whether all is in double precision
 */
public record NetworkTrace(
    NetworkQuestion question,
    double loss,
    double[] output,
    List<Stage> layers,
    List<Stage> parameters,
    Optional<WeightSum> weight,
    boolean precise) {
  /** What uses a network's output, where it is the loss. */
  static final String LOSS = "L";

  /** Numbers of all values together up to which they are shown one by one. */
  private static final int FEW = 300;

  /** Copies the lists. */
  public NetworkTrace {
    layers = List.copyOf(layers);
    parameters = List.copyOf(parameters);
  }

  /**
   * {@return backpropagation worked out}
   *
   * @param question of which network, for what
   * @throws dev.vitrine.error.UserException if the loss or the weight's name does not fit it
   */
  public static NetworkTrace of(NetworkQuestion question) {
    List<ParameterSpec> learned =
        question.model().specs().stream().filter(spec -> spec.role().learned()).toList();
    question.weight().ifPresent(name -> name.in(name.among(learned)));
    NetworkGraph graph = new NetworkGraph(question);
    Function<Value, double[]> numbers = graph.run();
    List<Stage> layers = stages(graph, graph.places(), numbers);
    List<Stage> parameters = stages(graph, graph.parameters(), numbers);
    Optional<WeightSum> weight =
        question
            .weight()
            .map(name ->
                WeightSum.of(graph, name.parameter(), name.in(name.among(learned)), numbers))
            .or(() ->
                parameters.stream()
                    .filter(stage -> largest(stage) >= 0)
                    .findFirst()
                    .map(stage -> WeightSum.of(graph, stage.name(), largest(stage), numbers)));
    return new NetworkTrace(
        question,
        numbers.apply(graph.loss())[0],
        numbers.apply(graph.output()),
        layers,
        parameters,
        weight,
        graph.precise());
  }

  private static List<Stage> stages(
      NetworkGraph graph, Map<String, Value> values, Function<Value, double[]> numbers) {
    List<Stage> stages = new ArrayList<>();
    values.forEach((name, value) -> {
      Value back = graph.gradientOf(value);
      double[] gradient = back == null ? new double[value.shape().elements()] : numbers.apply(back);
      stages.add(
          new Stage(
              name,
              value.op(),
              value.shape(),
              numbers.apply(value),
              gradient,
              users(graph, value)));
    });
    return stages;
  }

  private static List<Stage.User> users(NetworkGraph graph, Value value) {
    Map<Value, Integer> users = new LinkedHashMap<>();
    for (Value user : graph.graph().values()) {
      int place = user.inputs().indexOf(value);
      if (place >= 0) {
        users.put(user, place);
      }
    }
    return users.entrySet().stream()
        .map(entry -> {
          Value user = entry.getKey();
          return new Stage.User(
              user.scope().isEmpty() ? LOSS : user.scope(), user.op(), entry.getValue());
        })
        .toList();
  }

  /** The count of the largest gradient in size; −1 if all are 0. */
  private static int largest(Stage stage) {
    int largest = -1;
    double most = 0;
    for (int i = 0; i < stage.gradient().length; i++) {
      if (Math.abs(stage.gradient()[i]) > most) {
        most = Math.abs(stage.gradient()[i]);
        largest = i;
      }
    }
    return largest;
  }

  /** {@return whether it is small enough to be shown number by number} */
  public boolean small() {
    return layers.stream().mapToInt(stage -> stage.values().length).sum()
            + parameters.stream().mapToInt(stage -> stage.values().length).sum()
        <= FEW;
  }
}
