package dev.vitrine.trace.layer;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Elements of an array, counted row-major and by their indices. */
final class Places {
  private Places() {}

  /** The count of an element. */
  static int flat(List<Integer> index, Shape shape) {
    boolean inside =
        index.size() == shape.rank()
            && IntStream.range(0, shape.rank())
                .allMatch(a -> index.get(a) >= 0 && index.get(a) < shape.size(a));
    if (!inside) {
      String first =
          IntStream.range(0, shape.rank()).mapToObj(_ -> "0").collect(Collectors.joining(","));
      throw new UserException(
          "The element expects an index from %s to %s, but got %s"
              .formatted(first, index(shape.elements() - 1, shape), text(index)));
    }
    int flat = 0;
    for (int a = 0; a < shape.rank(); a++) {
      flat = flat * shape.size(a) + index.get(a);
    }
    return flat;
  }

  private static String text(List<Integer> index) {
    return index.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The index of an element: {@code 0,1,2}. */
  static String index(int flat, Shape shape) {
    int rest = flat;
    String text = "";
    for (int a = shape.rank() - 1; a >= 0; a--) {
      text = rest % shape.size(a) + (text.isEmpty() ? "" : "," + text);
      rest /= shape.size(a);
    }
    return text;
  }

  /** The element by a name: {@code x[0,1,2]}. */
  static String name(String of, int flat, Shape shape) {
    return shape.rank() == 0 ? of : "%s[%s]".formatted(of, index(flat, shape));
  }
}
