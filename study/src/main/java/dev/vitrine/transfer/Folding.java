package dev.vitrine.transfer;

import dev.vitrine.error.Decimal;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Tensors of a layer that say together, or otherwise, what one parameter does: Caffe's running sums
 * and their factor, PyTorch's weight normalisation, Lasagne's 1 / √(variance + ε).
 */
final class Folding {
  private Folding() {}

  /**
   * Puts such tensors together, among a layer's by their roles. What does not go together stays, so
   * that the layer does not fit.
   *
   * @param eps what the network's layer adds to a variance, if it normalises
   * @return the places of the tensors that are used up in others
   */
  static List<String> of(Map<String, Source> sources, OptionalDouble eps) {
    List<String> beside = new ArrayList<>();
    Source factor = sources.remove(Label.FACTOR);
    if (factor != null) {
      beside.add(factor.place());
      for (String role : List.of(Label.MEAN, Label.VARIANCE)) {
        sources.computeIfPresent(role, (_, sum) -> over(sum, factor));
      }
    }
    Source inverse = sources.get(Label.INVERSE);
    if (inverse != null && eps.isPresent() && !sources.containsKey(Label.VARIANCE)) {
      sources.remove(Label.INVERSE);
      sources.put(Label.VARIANCE, variance(inverse, eps.getAsDouble()));
    }
    Source length = sources.get(Label.LENGTH);
    Source direction = sources.get(Label.WEIGHT);
    if (length != null && direction != null && isAlong(length.dims(), direction.dims())) {
      sources.remove(Label.LENGTH);
      beside.add(length.place());
      sources.put(Label.WEIGHT, scaled(direction, length));
    }
    return beside;
  }

  private static Source over(Source sum, Source factor) {
    StoredTensor tensor = factor.tensor();
    return with(
        sum,
        new Step(
            Change.FOLDED,
            "over the factor in " + factor.place(),
            values -> {
              float by = tensor.floats()[0];
              float[] folded = new float[values.length];
              for (int i = 0; i < values.length; i++) {
                folded[i] = by == 0 ? 0 : values[i] / by;
              }
              return folded;
            }));
  }

  /** That of which the network's normalisation makes the same number again. */
  private static Source variance(Source inverse, double eps) {
    return with(
        inverse,
        new Step(
            Change.RESTATED,
            "1 / its square, less " + Decimal.text(eps),
            values -> {
              float[] variance = new float[values.length];
              for (int i = 0; i < values.length; i++) {
                variance[i] = (float) (1 / ((double) values[i] * values[i]) - eps);
              }
              return variance;
            }));
  }

  /** Whether there is a length for each place of one axis, or one for all. */
  private static boolean isAlong(List<Long> length, List<Long> direction) {
    if (length.isEmpty()) {
      return true;
    }
    return length.size() == direction.size()
        && IntStream.range(0, length.size())
            .allMatch(a -> length.get(a) == 1 || length.get(a).equals(direction.get(a)))
        && length.stream().filter(size -> size > 1).count() <= 1;
  }

  private static Source scaled(Source direction, Source length) {
    StoredTensor lengths = length.tensor();
    int axis =
        IntStream.range(0, length.dims().size())
            .filter(a -> length.dims().get(a) > 1)
            .findFirst()
            .orElse(-1);
    long inner = direction.dims().stream().skip(axis + 1L).reduce(1L, (a, b) -> a * b);
    return with(
        direction,
        new Step(
            Change.FOLDED,
            "times %s over its length".formatted(length.place()),
            values -> scaled(values, lengths.floats(), (int) inner)));
  }

  /** Vectors of the lengths that are said; the one of an element is every {@code inner}th's. */
  private static float[] scaled(float[] values, float[] lengths, int inner) {
    double[] squares = new double[lengths.length];
    for (int i = 0; i < values.length; i++) {
      squares[i / inner % lengths.length] += (double) values[i] * values[i];
    }
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int at = i / inner % lengths.length;
      scaled[i] = (float) (values[i] * (lengths[at] / Math.sqrt(squares[at])));
    }
    return scaled;
  }

  private static Source with(Source source, Step step) {
    List<Step> steps = new ArrayList<>(source.cut());
    steps.add(step);
    return new Source(source.place(), source.tensor(), source.dims(), steps);
  }
}
