package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;

/**
 * Zeros around an image: {@code (C, H, W) → (C, top + H + bottom, left + W + right)}.
 *
 * @param top rows above
 * @param bottom rows below
 * @param left columns on the left
 * @param right columns on the right
 */
public record ZeroPad2d(int top, int bottom, int left, int right) implements Layer {
  /** Checks the sizes. */
  public ZeroPad2d {
    int least = Math.min(Math.min(top, bottom), Math.min(left, right));
    if (least < 0) {
      throw new UserException("padding expects 0 or more, but got " + least);
    }
  }

  /**
   * {@return as many zeros on each side as on any other}
   *
   * @param padding rows above and below, and columns on the left and on the right
   */
  public static ZeroPad2d of(int padding) {
    return of(padding, padding);
  }

  /**
   * {@return zeros: so many rows above and below, and so many columns on the left and on the right}
   *
   * @param vertical rows above, and as many below
   * @param horizontal columns on the left, and as many on the right
   */
  public static ZeroPad2d of(int vertical, int horizontal) {
    return of(vertical, vertical, horizontal, horizontal);
  }

  /** {@return zeros on each side by itself} */
  public static ZeroPad2d of(int top, int bottom, int left, int right) {
    return new ZeroPad2d(top, bottom, left, right);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    if (x.shape().rank() != 3) {
      throw new UserException(
          "%s expects an image (C, H, W), but its input is %s".formatted(this, x.shape()));
    }
    return network.pad(network.pad(x, 1, top, bottom), 2, left, right);
  }

  @Override
  public String label() {
    return "pad";
  }

  @Override
  public String toString() {
    return "ZeroPad2d(%s+%s×%s+%s)".formatted(top, bottom, left, right);
  }
}
