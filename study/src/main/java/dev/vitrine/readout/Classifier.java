package dev.vitrine.readout;

import dev.vitrine.error.UserException;
import dev.vitrine.metrics.Guess;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Says which class a network takes a picture for. */
public final class Classifier {
  private static final Comparator<Guess> BEST_FIRST =
      Comparator.comparingDouble(Guess::probability).reversed().thenComparingInt(Guess::index);

  private final Readout output;

  private Classifier(Readout output) {
    this.output = output;
  }

  /**
   * Of a model whose output is one number for each class: logits, or the probabilities of a softmax
   * layer.
   *
   * @throws UserException if its output is not a vector of two numbers or more
   */
  public static Classifier of(Model model, Compute compute) {
    Shape shape = model.output();
    if (shape.rank() != 1 || shape.elements() < 2) {
      throw new UserException(
          "A classifier ends in one number for each class, but the network's output is %s"
              .formatted(shape));
    }
    return new Classifier(Readout.output(model, compute));
  }

  /** How many classes it tells apart. */
  public int classes() {
    return output.shape().elements();
  }

  /**
   * All classes, the most likely first; of equal ones the lower number first.
   *
   * @param input the network's input, row-major
   * @throws UserException if the network gives a number that is not finite
   */
  public List<Guess> classify(float... input) {
    float[] scores = output.read(input);
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        throw new UserException(
            "The network's output is not finite (%s): it diverged in training, or this is not its preprocessing"
                .formatted(score));
      }
    }
    double[] p = output.isSoftmax() ? widened(scores) : softmax(scores);
    return IntStream.range(0, p.length)
        .mapToObj(c -> new Guess(c, p[c]))
        .sorted(BEST_FIRST)
        .toList();
  }

  private static double[] widened(float... values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** {@code p[c] = exp(z[c] − max z)/Σ exp(z − max z)}. */
  static double[] softmax(float... logits) {
    double[] p = widened(logits);
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : p) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      // StrictMath, because Math.exp may differ in the last bit between machines.
      p[c] = StrictMath.exp(p[c] - max);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }
}
