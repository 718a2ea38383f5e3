package dev.vitrine.zoo;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.MaxPool2d;
import java.util.Arrays;
import java.util.List;

/** The fields of a layer in a {@link NetworkFile} that are more than one number. */
final class LayerFields {
  private static final long MOST = 1 << 20;

  private LayerFields() {}

  /** Padding on each side by itself. */
  private record Sides(int top, int bottom, int left, int right) {}

  static Conv2d padded(Conv2d layer, JsonObject o) {
    Sides p = padding(o);
    return p == null ? layer.same(true) : layer.padding(p.top, p.bottom, p.left, p.right);
  }

  static MaxPool2d padded(MaxPool2d layer, JsonObject o) {
    Sides p = padding(o);
    return p == null ? layer.same(true) : layer.padding(p.top, p.bottom, p.left, p.right);
  }

  static AvgPool2d padded(AvgPool2d layer, JsonObject o) {
    Sides p = padding(o);
    return p == null ? layer.same(true) : layer.padding(p.top, p.bottom, p.left, p.right);
  }

  /** The field {@code padding}; {@code null} if it is {@code "same"}. */
  private static Sides padding(JsonObject o) {
    if (!o.has("padding")) {
      return new Sides(0, 0, 0, 0);
    }
    if ("same".equals(o.fields().get("padding"))) {
      return null;
    }
    int[] p = wholes(o, "padding", 4, "a number, \"same\" or numbers [top, bottom, left, right]");
    return new Sides(p[0], p[1], p[2], p[3]);
  }

  /**
   * A list of that many whole numbers, or one number that stands for all of them.
   *
   * @param count how many; 0 for any number of them, but a list
   * @param expected what to say of something else
   */
  static int[] wholes(JsonObject o, String key, int count, String expected) {
    Object value = o.fields().get(key);
    if (value instanceof Long one && count > 0) {
      int[] all = new int[count];
      Arrays.fill(all, whole(o, key, one));
      return all;
    }
    boolean good =
        value instanceof List<?> list
            && (count == 0 ? !list.isEmpty() : list.size() == count)
            && list.stream().allMatch(Long.class::isInstance);
    if (!good) {
      throw wrong(o, key, expected);
    }
    return ((List<?>) value).stream().mapToInt(n -> whole(o, key, (Long) n)).toArray();
  }

  /** The two bounds of a clip. */
  static double[] bounds(JsonObject o, String key) {
    if (o.fields().get(key) instanceof List<?> list
        && list.size() == 2
        && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
    }
    throw wrong(o, key, "two numbers [min, max]");
  }

  private static int whole(JsonObject o, String key, long value) {
    if (value < 0 || value > MOST) {
      throw new UserException(
          "%s: \"%s\" expects a number from 0 to 2^20, but got %d"
              .formatted(o.source(), key, value));
    }
    return (int) value;
  }

  private static UserException wrong(JsonObject o, String key, String expected) {
    return new UserException(
        "%s: \"%s\" expects %s, but got %s"
            .formatted(o.source(), key, expected, o.fields().get(key)));
  }
}
