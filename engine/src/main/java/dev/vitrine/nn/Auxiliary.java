package dev.vitrine.nn;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Range;
import dev.vitrine.op.Value;

/**
 * A second classifier beside the network's path: what comes in goes on unchanged, and in training
 * the head's own loss on it is added to the objective (Szegedy et al., 2014, section 5):
 *
 * <pre>
 *   y = x,   objective = loss(output, target) + weight · loss(head(x), target)
 * </pre>
 *
 * Inference has the head's parameters, but does not compute it.
 *
 * <p>Parameters: the head's, under its layers' names.
 *
 * @param head from x to what the network's output is, such as logits
 * @param weight how much its loss counts
 */
public record Auxiliary(Layer head, double weight) implements Layer {
  /** Checks the head and the weight. */
  public Auxiliary {
    Layers.required("Auxiliary", head);
    Range.POSITIVE.require("Auxiliary", "a positive weight", weight);
  }

  /** {@return a head whose loss counts {@code weight} times} */
  public static Auxiliary of(Layer head, double weight) {
    return new Auxiliary(head, weight);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    network.auxiliary(head.apply(network, x), weight);
    return x;
  }

  @Override
  public String toString() {
    return "Auxiliary(%s, %s)".formatted(head.text(), Decimal.text(weight));
  }
}
