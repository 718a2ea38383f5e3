package dev.vitrine.nn;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Value;

/**
 * Inverted dropout of whole channels (Tompson et al., 2015): in training each channel of each
 * example is dropped with probability {@code rate} and the others grow by 1 / (1 − rate); in
 * inference nothing happens. The mask is a {@link DropoutMask} of shape (C, 1, 1).
 *
 * @param rate the probability that a channel is dropped, in [0, 1)
 */
public record Dropout2d(double rate) implements Layer {
  /** {@return dropout of the given rate, in [0, 1)} */
  public static Dropout2d of(double rate) {
    return new Dropout2d(rate);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    DropoutMask mask = new DropoutMask(rate, network.scope());
    if (x.shape().rank() != 3) {
      throw new UserException(
          "%s expects an image (C, H, W), but its input is %s".formatted(this, x.shape()));
    }
    if (network.mode() == Mode.INFERENCE || rate == 0) {
      return x;
    }
    // A mask is as large as its input: here, one element of each channel.
    Value row = network.apply(new Slice(1, 0, 1), x);
    Value corner = network.apply(new Slice(2, 0, 1), row);
    return network.multiply(x, network.broadcast(network.apply(mask, corner), x.shape()));
  }

  @Override
  public String toString() {
    return "Dropout2d(%s)".formatted(Decimal.text(rate));
  }
}
