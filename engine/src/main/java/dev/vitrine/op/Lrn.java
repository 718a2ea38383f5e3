package dev.vitrine.op;

import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * Local response normalisation across channels (Krizhevsky et al., 2012), at each position by
 * itself. The window of channel c is c − before … c + after, cut off at the first and last channel.
 *
 * <pre>
 *   s[c]  = bias + k · Σ_{j in window of c} x[j]²
 *   y[c]  = x[c] · s[c]^−beta
 *   dx[c] = dy[c] · s[c]^−beta − 2 · k · beta · x[c] · Σ_{j whose window holds c} dy[j] · y[j] / s[j]
 * </pre>
 *
 * @param before channels of the window in front of its own
 * @param after channels of the window behind its own
 * @param k the factor on the sum of squares: alpha / size in ONNX and Caffe
 * @param beta the exponent
 * @param bias what is added, so that nothing is divided by 0
 */
public record Lrn(int before, int after, double k, double beta, double bias) implements Op {
  /** Checks the ranges. */
  public Lrn {
    if (before < 0 || after < 0) {
      throw new UserException(
          "LocalResponseNorm expects a window of 1 or more channels, but got %s before and %s after"
              .formatted(before, after));
    }
    Range.FROM_ZERO.require("LocalResponseNorm", "a factor of 0 or more on the squares", k);
    Range.FROM_ZERO.require("LocalResponseNorm", "a beta of 0 or more", beta);
    Range.POSITIVE.require("LocalResponseNorm", "a bias above 0", bias);
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    if (inputs.getFirst().rank() == 0) {
      throw new UserException(
          "LocalResponseNorm expects an image (C, H, W) or a vector (C), but got a single number");
    }
    return inputs.getFirst();
  }

  /**
   * {@return the first channel of a channel's window}
   *
   * @param channel its number, from 0
   */
  public int first(int channel) {
    return Math.max(0, channel - before);
  }

  /**
   * {@return the last channel of a channel's window}
   *
   * @param channel its number, from 0
   * @param channels how many there are
   */
  public int last(int channel, int channels) {
    return channels - 1 - channel <= after ? channels - 1 : channel + after;
  }

  /** {@return the derivative's windows: the channels whose window holds a channel} */
  public Lrn mirrored() {
    return new Lrn(/* before= */ after, /* after= */ before, k, beta, bias);
  }

  /**
   * {@return how many terms all sums of one position have together}
   *
   * @param channels how many there are
   */
  public long terms(int channels) {
    return channels + reached(before, channels) + reached(after, channels);
  }

  /** How many channels all have on one side within reach: 0, 1, 2, … up to the reach. */
  private static long reached(int reach, int channels) {
    long most = Math.min(reach, channels - 1);
    return most * (most + 1) / 2 + (channels - 1 - most) * most;
  }

  /** Squares once each, sums of each window, times k, plus bias; the power; one division. */
  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    long n = output.elements();
    int channels = output.size(0);
    return new Cost(0, 3 * n, terms(channels) * (n / channels), 0, n);
  }

  private double[] sums(double[] x, int channels) {
    int positions = x.length / channels;
    double[] s = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i / positions;
      for (int j = first(c); j <= last(c, channels); j++) {
        double v = x[j * positions + i % positions];
        s[i] += v * v;
      }
      s[i] = bias + k * s[i];
    }
    return s;
  }

  @Override
  public void evaluate(Call call) {
    double[] x = call.in(0);
    double[] s = sums(x, call.shape().size(0));
    for (int i = 0; i < x.length; i++) {
      call.out()[i] = x[i] * Math.pow(s[i], -beta);
    }
  }

  @Override
  public Formula formula() {
    return Formula.of(
        List.of("x"),
        "x[c]·s[c]^−β,  s[c] = bias + k·Σ_j x[j]²",
        "dy[c]·s[c]^−β − 2·k·β·x[c]·Σ_j dy[j]·y[j]/s[j]");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(this), a.x(0), a.dy()));
  }

  /**
   * The derivative; inputs: x, dy.
   *
   * @param of the op whose derivative it is
   */
  public record Gradient(Lrn of) implements Derivative {
    /**
     * s as in the forward pass; its power, times dy, times x, over s; sums of each window, times
     * 2·k·beta·x; a subtraction.
     */
    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      long n = output.elements();
      int channels = output.size(0);
      long terms = of.terms(channels) * (n / channels);
      return new Cost(0, 7 * n, 2 * terms, 0, n);
    }

    @Override
    public void evaluate(Call call) {
      double[] x = call.in(0);
      double[] dy = call.in(1);
      int channels = call.shape().size(0);
      int positions = x.length / channels;
      double[] s = of.sums(x, channels);
      Lrn mirrored = of.mirrored();
      for (int i = 0; i < x.length; i++) {
        int c = i / positions;
        double sum = 0;
        for (int j = mirrored.first(c); j <= mirrored.last(c, channels); j++) {
          int at = j * positions + i % positions;
          sum += dy[at] * x[at] * Math.pow(s[at], -of.beta - 1);
        }
        call.out()[i] = dy[i] * Math.pow(s[i], -of.beta) - 2 * of.k * of.beta * x[i] * sum;
      }
    }
  }
}
