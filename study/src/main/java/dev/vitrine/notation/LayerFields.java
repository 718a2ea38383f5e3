package dev.vitrine.notation;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Layer;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of one layer in a {@link NetworkFile}, with getters that check.
 *
 * @param kind the layer's kind, whose field has its main number
 * @param json the fields; its source says where they stand
 * @param input the shape of what the layer is given
 */
record LayerFields(String kind, JsonObject json, Shape input) {
  private static final long MOST = 1 << 20;

  /** Fields that may be 0: amounts of padding, and places. */
  private static final Set<String> FROM_ZERO =
      Set.of("padding", "output_padding", "zeropad2d", "permute", "slice", "from");

  /** A layer with padding on each side by itself. */
  interface Padding {
    Layer of(int top, int bottom, int left, int right);
  }

  boolean has(String key) {
    return json.has(key);
  }

  /** The main number, whole. */
  int main() {
    return whole(kind);
  }

  /** The main number, any. */
  double mainNumber() {
    return json.number(kind);
  }

  double number(String key, double ordinary) {
    return has(key) ? json.number(key) : ordinary;
  }

  boolean flag(String key, boolean ordinary) {
    return has(key) ? json.bool(key) : ordinary;
  }

  int whole(String key, int ordinary) {
    return has(key) ? whole(key) : ordinary;
  }

  int whole(String key) {
    return bounded(key, json.integer(key));
  }

  private int bounded(String key, long value) {
    int least = FROM_ZERO.contains(key) ? 0 : 1;
    if (value < least || value > MOST) {
      throw new UserException(
          "%s: \"%s\" expects a number from %d to 2^20, but got %d"
              .formatted(json.source(), key, least, value));
    }
    return (int) value;
  }

  /** One of two texts, the first if there is none. */
  String oneOf(String key, String ordinary, String other) {
    if (!has(key)) {
      return ordinary;
    }
    Object value = value(key);
    if (!value.equals(ordinary) && !value.equals(other)) {
      throw wrong(key, "\"%s\" or \"%s\"".formatted(ordinary, other));
    }
    return (String) value;
  }

  /** The layer with its {@code padding}: a number, {@code "same"}, or one for each side. */
  Layer padded(Function<Boolean, Layer> same, Padding padding) {
    if (!has("padding")) {
      return padding.of(0, 0, 0, 0);
    }
    if ("same".equals(value("padding"))) {
      return same.apply(true);
    }
    int[] p = wholes("padding", 4, "a number, \"same\" or numbers [top, bottom, left, right]");
    return padding.of(p[0], p[1], p[2], p[3]);
  }

  /**
   * A list of that many whole numbers, or one number that stands for all of them.
   *
   * @param count how many; 0 for any number of them, but a list
   * @param expected what to say of something else
   */
  int[] wholes(String key, int count, String expected) {
    Object value = value(key);
    if (value instanceof Long one && count > 0) {
      int[] all = new int[count];
      Arrays.fill(all, bounded(key, one));
      return all;
    }
    boolean good =
        value instanceof List<?> list
            && (count == 0 ? !list.isEmpty() : list.size() == count)
            && list.stream().allMatch(Long.class::isInstance);
    if (!good) {
      throw wrong(key, expected);
    }
    return ((List<?>) value).stream().mapToInt(n -> bounded(key, (Long) n)).toArray();
  }

  /** Refuses anything but {@code true} where a kind has no number. */
  void requireTrue() {
    if (!Boolean.TRUE.equals(value(kind))) {
      throw wrong(kind, "true, or the kind alone");
    }
  }

  /** The main field as the two bounds of a clip. */
  double[] bounds() {
    if (value(kind) instanceof List<?> list
        && list.size() == 2
        && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
    }
    throw wrong(kind, "two numbers [min, max]");
  }

  /**
   * The layers of a field, one after another on this layer's input.
   *
   * @param place what errors call them
   */
  Layer layers(String key, String place) {
    List<?> entries = NetworkFile.someLayers(json, key);
    return NetworkFile.sequence(entries, input, json.source() + ", " + place);
  }

  /** The main field as lists of layers, each on this layer's input. */
  List<Layer> branches() {
    List<Layer> branches = new ArrayList<>();
    for (Object branch : NetworkFile.someLayers(json, kind)) {
      String where = "%s, branch %d".formatted(json.source(), branches.size() + 1);
      if (!(branch instanceof List<?> entries && !entries.isEmpty())) {
        throw new UserException(
            "%s expects a list of layers, but got %s".formatted(where, JsonObject.shown(branch)));
      }
      branches.add(NetworkFile.sequence(entries, input, where));
    }
    return branches;
  }

  private Object value(String key) {
    return json.fields().get(key);
  }

  private UserException wrong(String key, String expected) {
    return new UserException(
        "%s: \"%s\" expects %s, but got %s"
            .formatted(json.source(), key, expected, JsonObject.shown(value(key))));
  }
}
