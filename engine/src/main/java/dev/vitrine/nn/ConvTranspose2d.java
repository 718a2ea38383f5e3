package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.Objects;

/**
 * A transposed convolution (Zeiler et al., 2010): the gradient of a convolution with respect to its
 * input, taken as a layer, so that an image grows by the stride.
 *
 * <pre>
 *   y[o, i·s + u·d − p, j·s + v·d − p] += w[c,o,u,v] · x[c,i,j]   over all c of o's group, i, j, u, v
 *   x (C, H, W)   y (O, OH, OW)   OH = (H − 1)·s − 2p + d·(KH − 1) + 1 + outputPadding
 * </pre>
 *
 * Parameters: {@code weight} (C, O / groups, KH, KW), as in PyTorch, and, unless {@code bias} is
 * off, {@code bias} (O). C·H·W·(O/groups)·KH·KW MACs.
 *
 * @param outChannels the number of output channels
 * @param window how the convolution that this one transposes slides over the output
 * @param bottom rows added at the bottom, which a stride leaves open: outputPadding along the
 *     height
 * @param right columns added on the right: outputPadding along the width
 * @param groups the number of groups, which divides both numbers of channels
 * @param bias whether a bias is added
 */
public record ConvTranspose2d(
    int outChannels, Window window, int bottom, int right, int groups, boolean bias)
    implements Windowed<ConvTranspose2d> {
  /** Checks the sizes. */
  public ConvTranspose2d {
    Objects.requireNonNull(window, "window");
    if (outChannels < 1 || groups < 1 || outChannels % groups != 0) {
      throw new UserException(
          "ConvTranspose2d expects outChannels to be a positive multiple of its groups, but got %s and %s"
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
  public static ConvTranspose2d of(int outChannels, int kernelSize) {
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
  public static ConvTranspose2d of(int outChannels, int kernelHeight, int kernelWidth) {
    return new ConvTranspose2d(outChannels, Window.of(kernelHeight, kernelWidth), 0, 0, 1, true);
  }

  /**
   * The same layer with another window: by its strides the output grows, its padding is cut off.
   */
  @Override
  public ConvTranspose2d window(Window other) {
    return new ConvTranspose2d(outChannels, other, bottom, right, groups, bias);
  }

  @Override
  public ConvTranspose2d padded(Window other) {
    return window(other);
  }

  /**
   * {@return the same layer with that many rows and columns more at the bottom and right}
   *
   * @param more rows, and as many columns; below the stride
   */
  public ConvTranspose2d outputPadding(int more) {
    return outputPadding(more, more);
  }

  /**
   * {@return the same layer with so many rows more at the bottom, and columns on the right}
   *
   * @param newBottom rows, below the stride down
   * @param newRight columns, below the stride to the right
   */
  public ConvTranspose2d outputPadding(int newBottom, int newRight) {
    return new ConvTranspose2d(outChannels, window, newBottom, newRight, groups, bias);
  }

  /**
   * {@return the same layer, its channels in {@code groups} that do not see each other}
   *
   * @param newGroups the number of groups, which divides both numbers of channels
   */
  public ConvTranspose2d groups(int newGroups) {
    return new ConvTranspose2d(outChannels, window, bottom, right, newGroups, bias);
  }

  /**
   * {@return the same layer with or without a bias}
   *
   * @param on whether a bias is learned and added
   */
  public ConvTranspose2d bias(boolean on) {
    return new ConvTranspose2d(outChannels, window, bottom, right, groups, on);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    if (x.shape().rank() != 3 || x.shape().size(0) % groups != 0) {
      throw new UserException(
          "%s expects an image (C, H, W)%s, but its input is %s"
              .formatted(this, groups == 1 ? "" : " with C a multiple of " + groups, x.shape()));
    }
    Shape y = output(x.shape());
    int in = x.shape().size(0);
    Shape weight = Shape.of(in, outChannels / groups, window.h().kernel(), window.w().kernel());
    int taps = window.elements();
    int fanOut = outChannels / groups * taps;
    int fanIn = Math.max(1, in / groups * taps / window.h().stride() / window.w().stride());
    Value w = network.parameter("weight", weight, ParameterSpec.Role.WEIGHT, fanIn, fanOut);
    Value grown = network.apply(new Convolution.InputGradient(window, groups, y), w, x);
    if (!bias) {
      return grown;
    }
    Shape channels = Shape.of(outChannels);
    Value b = network.parameter("bias", channels, ParameterSpec.Role.BIAS, fanIn, fanOut);
    Value column = network.reshape(b, Shape.of(outChannels, 1, 1));
    return network.add(grown, network.broadcast(column, y));
  }

  /**
   * {@return the shape of the output}
   *
   * @param x the input's, (C, H, W)
   * @throws UserException if the padding leaves nothing of it, or it is too large
   */
  public Shape output(Shape x) {
    Objects.requireNonNull(x, "x");
    long height = size(window.h(), x.size(1), bottom);
    long width = size(window.w(), x.size(2), right);
    if (height < 1 || width < 1) {
      throw new UserException(
          "%s expects an input that its padding leaves something of, but got %s: use less padding"
              .formatted(this, x));
    }
    if (Math.max(height, width) > Integer.MAX_VALUE) {
      throw new UserException(
          "%s makes of an input of %s more than 2^31 − 1 elements".formatted(this, x));
    }
    return Shape.of(outChannels, (int) height, (int) width);
  }

  private long size(Span span, int in, int more) {
    if (more < 0 || more >= span.stride()) {
      throw new UserException(
          "%s expects an outputPadding below its stride %s, but got %s"
              .formatted(this, span.stride(), more));
    }
    long whole = (in - 1L) * span.stride() + span.extent();
    return whole - span.before() - span.after() + more;
  }

  @Override
  public String toString() {
    String sides = bottom == right ? "" + bottom : bottom + "×" + right;
    String more = bottom == 0 && right == 0 ? "" : ", outputPadding " + sides;
    String grouped = groups == 1 ? "" : ", groups " + groups;
    return "ConvTranspose2d(%s, %s%s%s%s)"
        .formatted(outChannels, window, more, grouped, bias ? "" : ", no bias");
  }
}
