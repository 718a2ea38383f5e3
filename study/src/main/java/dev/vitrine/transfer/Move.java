package dev.vitrine.transfer;

import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A tensor of a file that becomes a parameter of a network, or holds it among others.
 *
 * @param from the tensor's place in the file
 * @param tensor its numbers
 * @param to the parameter's name
 * @param shape the parameter's sizes
 * @param steps what is done to the numbers, in order; none if they are taken as they are
 */
public record Move(String from, StoredTensor tensor, String to, Shape shape, List<Step> steps) {
  /** Refuses {@code null}. */
  public Move {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(tensor, "tensor");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(shape, "shape");
    steps = List.copyOf(steps);
  }

  /** {@return the kinds of what is done, in order} */
  public List<Change> changes() {
    return steps.stream().map(Step::change).toList();
  }

  /** {@return whether the file calls it otherwise} */
  public boolean isRenamed() {
    return !from.equals(to);
  }

  /**
   * {@return the parameter's numbers, row-major}
   *
   * @throws dev.vitrine.error.UserException if the tensor has 2³¹ numbers or more
   */
  public float[] values() {
    float[] values = tensor.floats();
    for (Step step : steps) {
      values = step.numbers().apply(values);
    }
    return values;
  }

  /** Writes the parameter's numbers where they belong, those taken as they are without a copy. */
  void into(Parameters parameters) {
    Optional<Layout.Entry> entry = parameters.layout().find(to);
    if (steps.isEmpty() && entry.isPresent() && tensor.elements() == shape.elements()) {
      int from = entry.orElseThrow().offset();
      parameters.change(() -> tensor.floats(parameters.values(), from));
    } else {
      parameters.set(to, values());
    }
  }
}
