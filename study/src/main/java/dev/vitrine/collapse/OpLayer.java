package dev.vitrine.collapse;

import dev.vitrine.error.Quote;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.ParameterSpec.Role;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.Op;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An op of a file's graph that no layer stands for. Operands that are the same whatever goes in are
 * numbers of the layer.
 *
 * @param op what it computes
 * @param operands what the op is applied to, in order
 */
record OpLayer(Op op, List<Operand> operands) implements Layer {
  /**
   * What an op is applied to.
   *
   * @param name of the numbers within the layer; empty for what comes from other layers
   * @param shape of the numbers
   * @param spread to which the numbers are repeated
   * @param learned whether they are a parameter of the file
   */
  record Operand(String name, Shape shape, Optional<Shape> spread, boolean learned) {
    boolean isFlow() {
      return name.isEmpty();
    }
  }

  OpLayer {
    operands = List.copyOf(operands);
  }

  /** How many of its operands come from other layers. */
  int flows() {
    return (int) operands.stream().filter(Operand::isFlow).count();
  }

  /** The numbers of an op with one operand that comes from another layer and one that does not. */
  Optional<Operand> constant() {
    return operands.stream().filter(operand -> !operand.isFlow()).findFirst();
  }

  /** Whether it adds numbers, or takes them away. */
  boolean isShift() {
    return isAffine() && (op == Binary.ADD || op == Binary.SUBTRACT);
  }

  private boolean isAffine() {
    boolean second = operands.size() == 2 && operands.getFirst().isFlow();
    return switch (op) {
      case Binary binary when flows() == 1 ->
          second || binary == Binary.ADD || binary == Binary.MULTIPLY;
      default -> false;
    };
  }

  /** Whether it is linear up to a constant. */
  boolean isLinear() {
    boolean moves =
        op instanceof Reshape
            || op instanceof Permute
            || op instanceof Slice
            || op instanceof Sum
            || op instanceof Broadcast;
    return flows() == 1 && (moves || isAffine());
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    return apply(network, List.of(x));
  }

  /** The same of several values, which come from other layers. */
  Value apply(NetworkBuilder network, List<Value> flowing) {
    List<Value> inputs = new ArrayList<>();
    int next = 0;
    for (Operand operand : operands) {
      inputs.add(operand.isFlow() ? flowing.get(next++) : numbers(network, operand));
    }
    return network.apply(op, inputs.toArray(Value[]::new));
  }

  private Value numbers(NetworkBuilder network, Operand operand) {
    boolean shift = op == Binary.ADD;
    Value stored =
        op == Binary.SUBTRACT
            // Its sign is turned where sizes are added up.
            ? network.buffer(operand.name(), operand.shape(), Role.RUNNING_MEAN)
            : operand.learned()
                ? network.parameter(
                    operand.name(), operand.shape(), shift ? Role.BIAS : Role.WEIGHT, 1, 1)
                : network.fixed(operand.name(), operand.shape(), Initializer.constant(0));
    return operand.spread().map(to -> network.broadcast(stored, to)).orElse(stored);
  }

  /** What the op is called. */
  String name() {
    String name = op instanceof Binary binary ? binary.name() : op.getClass().getSimpleName();
    return name.substring(0, 1) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    String numbers =
        operands.stream()
            .filter(operand -> !operand.isFlow())
            .map(operand -> "%s %s".formatted(Quote.of(operand.name()), operand.shape()))
            .collect(Collectors.joining(", "));
    return numbers.isEmpty() ? name() : "%s(%s)".formatted(name(), numbers.replace("\"", ""));
  }
}
