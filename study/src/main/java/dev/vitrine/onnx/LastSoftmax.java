package dev.vitrine.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.weights.onnx.OnnxAttribute;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxNode;
import java.util.Optional;

/**
 * The softmax that makes an ONNX file's output of the logits in which a network ends: over the
 * middle one of three axes, row-major. Of a vector that is all of it, of maps (C, H, W) mostly the
 * channels, each position by itself.
 *
 * @param outer how many numbers there are before that axis
 * @param classes how long it is
 * @param inner how many numbers there are behind it
 */
public record LastSoftmax(int outer, int classes, int inner) {
  /**
   * {@return that of an output; empty if the network ends in the output itself}
   *
   * @param logits what the network ends in
   * @throws Refusal if it is over an axis that there is not
   */
  static Optional<LastSoftmax> of(OnnxModel file, OnnxOutput output, Flowing logits) {
    if (!output.isSoftmax()) {
      return Optional.empty();
    }
    OnnxNode node = OnnxOutput.softmax(file.graph(), output.name()).orElseThrow();
    boolean oneAxis = file.opsets().getOrDefault("", 0L) >= SoftmaxOperators.ONE_AXIS;
    long said =
        Optional.ofNullable(node.attributes().get("axis"))
            .map(OnnxAttribute::number)
            .orElse(oneAxis ? -1L : 1L);
    int axis;
    try {
      axis = Site.axis(said, logits.rank());
    } catch (Refusal e) {
      throw new Refusal("%s (Softmax): %s".formatted(Quote.of(output.name()), e.getMessage()));
    }
    int[] sizes = logits.value().shape().sizes();
    int from = logits.inner(axis);
    boolean ofExamples = axis == logits.batch();
    int to = !oneAxis ? sizes.length : ofExamples ? from : from + 1;
    return Optional.of(
        new LastSoftmax(
            product(sizes, 0, from), product(sizes, from, to), product(sizes, to, sizes.length)));
  }

  private static int product(int[] sizes, int from, int to) {
    int product = 1;
    for (int a = from; a < to; a++) {
      product *= sizes[a];
    }
    return product;
  }

  /**
   * {@return the file's output}
   *
   * @param logits of one example, row-major
   */
  public double[] of(double[] logits) {
    double[] shares = new double[logits.length];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        share(logits, shares, o * classes * inner + i);
      }
    }
    return shares;
  }

  /** One position's, whose first number is at a place. */
  private void share(double[] logits, double[] shares, int first) {
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      most = Math.max(most, logits[first + c * inner]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      int at = first + c * inner;
      shares[at] = Math.exp(logits[at] - most);
      sum += shares[at];
    }
    for (int c = 0; c < classes; c++) {
      shares[first + c * inner] /= sum;
    }
  }
}
