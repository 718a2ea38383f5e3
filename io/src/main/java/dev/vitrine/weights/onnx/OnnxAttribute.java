package dev.vitrine.weights.onnx;

import dev.vitrine.weights.stored.Stored;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A node's setting.
 *
 * @param name its name, such as {@code strides}
 * @param number its whole number; 0 if it is something else
 * @param real its single; 0 if it is something else
 * @param text its text; empty if it is something else
 * @param tensor its tensor, if it is one
 * @param numbers its whole numbers; empty if it is something else
 * @param reals its singles; empty if it is something else
 * @param texts its texts; empty if it is something else
 * @param other what else it is, such as a graph, which is not read
 */
public record OnnxAttribute(
    String name,
    long number,
    float real,
    String text,
    Optional<Stored> tensor,
    List<Long> numbers,
    List<Float> reals,
    List<String> texts,
    Optional<String> other) {
  /** The setting. */
  public OnnxAttribute {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(tensor, "tensor");
    Objects.requireNonNull(other, "other");
    numbers = List.copyOf(numbers);
    reals = List.copyOf(reals);
    texts = List.copyOf(texts);
  }
}
