package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.Objects;

/**
 * A convolution with learned filters; see {@link Convolution} for the formula, its derivative and
 * its cost.
 *
 * <p>Parameters: {@code weight} (outChannels, inChannels / groups, height, width) and, unless
 * {@code bias} is off, {@code bias} (outChannels). inChannels is that of the input.
 *
 * @param outChannels the number of output channels
 * @param window how the filter slides over the image, and its padding
 * @param same whether each input gets the padding of {@link Window#same}, not the window's own
 * @param groups the number of groups, which divides both numbers of channels
 * @param bias whether a bias is added
 */
public record Conv2d(int outChannels, Window window, boolean same, int groups, boolean bias)
    implements Windowed<Conv2d> {
  /** Checks the sizes. */
  public Conv2d {
    Objects.requireNonNull(window, "window");
    if (outChannels < 1 || groups < 1 || outChannels % groups != 0) {
      throw new UserException(
          "Conv2d expects outChannels to be a positive multiple of its groups, but got %s and %s"
              .formatted(outChannels, groups));
    }
  }

  /**
   * {@return a layer with a square kernel that moves by 1, without padding, in one group, with a
   * bias}
   *
   * @param outChannels the number of output channels
   * @param kernelSize the height and width of the window, in elements
   */
  public static Conv2d of(int outChannels, int kernelSize) {
    return of(outChannels, kernelSize, kernelSize);
  }

  /**
   * {@return a layer with a kernel of that height and width that moves by 1, without padding, in
   * one group, with a bias}
   *
   * @param outChannels the number of output channels
   * @param kernelHeight the window's height, in elements
   * @param kernelWidth the window's width, in elements
   */
  public static Conv2d of(int outChannels, int kernelHeight, int kernelWidth) {
    return new Conv2d(outChannels, Window.of(kernelHeight, kernelWidth), false, 1, true);
  }

  @Override
  public Conv2d window(Window other) {
    return new Conv2d(outChannels, other, same, groups, bias);
  }

  @Override
  public Conv2d padded(Window other) {
    return new Conv2d(outChannels, other, false, groups, bias);
  }

  /**
   * {@return the same layer, its padding TensorFlow's {@code SAME}: ⌈H / stride⌉ × ⌈W / stride⌉
   * outputs}
   *
   * @param on whether each input gets that padding
   */
  public Conv2d same(boolean on) {
    return new Conv2d(outChannels, window.padding(0), on, groups, bias);
  }

  /**
   * {@return the same layer, its channels in {@code groups} that do not see each other}
   *
   * @param newGroups how many, a divisor of the input's and the output's channels
   */
  public Conv2d groups(int newGroups) {
    return new Conv2d(outChannels, window, same, newGroups, bias);
  }

  /**
   * {@return the same layer with or without a bias}
   *
   * @param on whether a bias is learned and added
   */
  public Conv2d bias(boolean on) {
    return new Conv2d(outChannels, window, same, groups, on);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    if (x.shape().rank() != 3 || x.shape().size(0) % groups != 0) {
      throw new UserException(
          "%s expects an image (C, H, W)%s, but its input is %s"
              .formatted(this, groups == 1 ? "" : " with C a multiple of " + groups, x.shape()));
    }
    int in = x.shape().size(0) / groups;
    Window padded = same ? window.same(x.shape()) : window;
    Shape weight = Shape.of(outChannels, in, window.h().kernel(), window.w().kernel());
    int taps = window.elements();
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
    return "Conv2d(%s, %s%s%s%s)"
        .formatted(outChannels, window, same ? ", same" : "", grouped, bias ? "" : ", no bias");
  }
}
