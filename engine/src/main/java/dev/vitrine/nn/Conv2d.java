package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;

/**
 * A convolution with learned filters; see {@link Convolution} for the formula, its derivative and
 * its cost.
 *
 * <p>Parameters: {@code weight} (outChannels, inChannels / groups, height, width) and, unless
 * {@code bias} is off, {@code bias} (outChannels). inChannels is that of the input.
 *
 * @param same whether each input gets the padding of {@link Window#same}, not the window's own
 */
public record Conv2d(int outChannels, Window window, boolean same, int groups, boolean bias)
    implements Layer {
  /** Checks the sizes. */
  public Conv2d {
    if (outChannels < 1 || groups < 1 || outChannels % groups != 0) {
      throw new UserException(
          "Conv2d expects outChannels to be a positive multiple of its groups, but got %d and %d"
              .formatted(outChannels, groups));
    }
  }

  /** A square kernel that moves by 1, without padding, in one group, with a bias. */
  public static Conv2d of(int outChannels, int kernelSize) {
    return new Conv2d(outChannels, Window.of(kernelSize), false, 1, true);
  }

  /** The same layer, its kernel moving by {@code stride}. */
  public Conv2d stride(int stride) {
    return new Conv2d(outChannels, window.stride(stride), same, groups, bias);
  }

  /** The same layer with that many zeros on each side. */
  public Conv2d padding(int padding) {
    return new Conv2d(outChannels, window.padding(padding), false, groups, bias);
  }

  /** The same layer with that many zeros on each side by itself. */
  public Conv2d padding(int top, int bottom, int left, int right) {
    return new Conv2d(outChannels, window.padding(top, bottom, left, right), false, groups, bias);
  }

  /** The same layer, its padding TensorFlow's {@code SAME}: ⌈H / stride⌉ × ⌈W / stride⌉ outputs. */
  public Conv2d same(boolean on) {
    return new Conv2d(outChannels, window.padding(0), on, groups, bias);
  }

  /** The same layer, its kernel's elements {@code dilation} apart. */
  public Conv2d dilation(int dilation) {
    return new Conv2d(outChannels, window.dilation(dilation), same, groups, bias);
  }

  /** The same layer, its channels in {@code groups} that do not see each other. */
  public Conv2d groups(int newGroups) {
    return new Conv2d(outChannels, window, same, newGroups, bias);
  }

  /** The same layer with or without a bias. */
  public Conv2d bias(boolean on) {
    return new Conv2d(outChannels, window, same, groups, on);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    if (x.shape().rank() != 3 || x.shape().size(0) % groups != 0) {
      throw new UserException(
          "%s expects an image (C, H, W)%s, but its input is %s"
              .formatted(this, groups == 1 ? "" : " with C a multiple of " + groups, x.shape()));
    }
    int in = x.shape().size(0) / groups;
    int taps = window.elements();
    Window padded = same ? window.same(x.shape()) : window;
    Shape weight = Shape.of(outChannels, in, window.h().kernel(), window.w().kernel());
    int fanOut = outChannels / groups * taps;
    Value w = network.parameter("weight", weight, ParameterSpec.Role.WEIGHT, in * taps, fanOut);
    if (!bias) {
      return network.apply(new Convolution(padded, groups, false), x, w);
    }
    Value b =
        network.parameter(
            "bias", Shape.of(outChannels), ParameterSpec.Role.BIAS, in * taps, fanOut);
    return network.apply(new Convolution(padded, groups, true), x, w, b);
  }

  @Override
  public String toString() {
    String grouped = groups == 1 ? "" : ", groups " + groups;
    return "Conv2d(%d, %s%s%s%s)"
        .formatted(outChannels, window, same ? ", same" : "", grouped, bias ? "" : ", no bias");
  }
}
