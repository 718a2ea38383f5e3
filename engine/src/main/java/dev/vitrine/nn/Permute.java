package dev.vitrine.nn;

import dev.vitrine.op.Value;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The axes of an example in another order; see {@link dev.vitrine.op.Permute}.
 *
 * @param order the input's axes as the output has them, each axis once
 */
public record Permute(List<Integer> order) implements Layer {
  /** Checks that each axis occurs once. */
  public Permute {
    Objects.requireNonNull(order, "order");
    order = new dev.vitrine.op.Permute(order).order();
  }

  /**
   * {@return a layer whose output's axis {@code a} is axis {@code order[a]} of the input}
   *
   * @param order the input's axes as the output has them, each once
   */
  public static Permute of(int... order) {
    Objects.requireNonNull(order, "order");
    return new Permute(dev.vitrine.op.Permute.of(order).order());
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    return network.apply(new dev.vitrine.op.Permute(order), x);
  }

  @Override
  public String toString() {
    return order.stream().map(String::valueOf).collect(Collectors.joining(", ", "Permute(", ")"));
  }
}
