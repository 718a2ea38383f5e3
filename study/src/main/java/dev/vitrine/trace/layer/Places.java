package dev.vitrine.trace.layer;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Elements of an array, counted row-major and by their indices. */
public final class Places {
  private Places() {}

  /**
   * {@return the count of an element}
   *
   * @param index its place along each axis
   * @param shape of the array
   * @throws UserException if it is not inside
   */
  public static int flat(List<Integer> index, Shape shape) {
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

  /**
   * {@return the index of an element: {@code 0,1,2}}
   *
   * @param flat its count
   * @param shape of the array
   */
  public static String index(int flat, Shape shape) {
    int rest = flat;
    String text = "";
    for (int a = shape.rank() - 1; a >= 0; a--) {
      text = rest % shape.size(a) + (text.isEmpty() ? "" : "," + text);
      rest /= shape.size(a);
    }
    return text;
  }

  /**
   * {@return the element by a name: {@code x[0,1,2]}}
   *
   * @param of what the array is called
   * @param flat the element's count
   * @param shape of the array
   */
  public static String name(String of, int flat, Shape shape) {
    return shape.rank() == 0 ? of : "%s[%s]".formatted(of, index(flat, shape));
  }
}
