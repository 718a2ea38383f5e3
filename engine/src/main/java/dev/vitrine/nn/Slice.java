package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;

/**
 * The elements {@code from … to − 1} along an axis, such as some of the channels; the other axes
 * stay whole. This is ONNX's Slice of one axis in steps of 1, without numbers that count from the
 * end; see {@link dev.vitrine.op.Slice}.
 *
 * @param axis the axis, the first being 0
 * @param from the first element
 * @param to the first element beyond
 */
public record Slice(int axis, int from, int to) implements Layer {
  /** Checks the order. */
  public Slice {
    if (axis < 0 || from < 0 || to <= from) {
      throw new UserException(
          "Slice expects an axis of 0 or more and 0 ≤ from < to, but got axis %s, from %s to %s"
              .formatted(axis, from, to));
    }
  }

  /** {@return the elements {@code from … to − 1} along an axis} */
  public static Slice of(int axis, int from, int to) {
    return new Slice(axis, from, to);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    if (axis >= x.shape().rank() || to > x.shape().size(axis)) {
      throw new UserException(
          "%s expects an input with an axis %s of %s or more, but its input is %s"
              .formatted(this, axis, to, x.shape()));
    }
    return network.apply(new dev.vitrine.op.Slice(axis, from, to - from), x);
  }

  @Override
  public String toString() {
    return "Slice(%s, %s…%s)".formatted(axis, from, to);
  }
}
