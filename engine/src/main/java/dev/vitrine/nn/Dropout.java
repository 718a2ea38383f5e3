package dev.vitrine.nn;

import dev.vitrine.error.Decimal;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Value;

/**
 * Inverted dropout: in training each element is dropped with probability {@code rate} and the
 * others grow by 1 / (1 − rate); in inference nothing happens. See {@link DropoutMask}.
 *
 * @param rate the probability that an element is dropped, in [0, 1)
 */
public record Dropout(double rate) implements Layer {
  /** {@return dropout of the given rate, in [0, 1)} */
  public static Dropout of(double rate) {
    return new Dropout(rate);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    DropoutMask mask = new DropoutMask(rate, network.scope());
    return network.mode() == Mode.INFERENCE || rate == 0
        ? x
        : network.multiply(x, network.apply(mask, x));
  }

  @Override
  public String toString() {
    return "Dropout(%s)".formatted(Decimal.text(rate));
  }
}
