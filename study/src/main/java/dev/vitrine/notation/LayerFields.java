package dev.vitrine.notation;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Layer;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The fields of one layer in a {@link NetworkFile}, with getters that check. An option that is not
 * there is as ever.
 *
 * @param kind the layer's kind, whose field has its main number
 * @param json the fields; its source says where they stand
 * @param place where that is
 * @param input the shape of what the layer is given
 */
record LayerFields(LayerKind<?> kind, JsonObject json, Place place, Shape input) {
  /** Padding by TensorFlow's rule. */
  static final String SAME = "same";

  /** Fields that may be 0: amounts of padding, and places. */
  private static final Set<String> FROM_ZERO =
      Set.of("padding", "output_padding", "zeropad1d", "zeropad2d", "permute", "slice", "from");

  /** The kind's name, and so its main field's. */
  String name() {
    return kind.name();
  }

  boolean has(String key) {
    return json.has(key);
  }

  /** The main number, whole. */
  int main() {
    return whole(name());
  }

  double number(String key) {
    return absent(key) instanceof Double ordinary ? ordinary : json.number(key);
  }

  boolean flag(String key) {
    return absent(key) instanceof Boolean ordinary ? ordinary : json.bool(key);
  }

  int whole(String key) {
    return absent(key) instanceof Integer ordinary ? ordinary : bounded(key, json.integer(key));
  }

  /** What an option is if it is not there; else {@code null}. */
  private Object absent(String key) {
    return has(key) || key.equals(name()) ? null : kind.ordinary(key);
  }

  private int bounded(String key, long value) {
    int least = FROM_ZERO.contains(key) ? 0 : 1;
    if (value < least || value > Integer.MAX_VALUE) {
      throw new UserException(
          "%s: \"%s\" expects a number from %s to 2^31 − 1, but got %s"
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

  /** Whether the padding is {@link #SAME}. */
  boolean isSame() {
    return SAME.equals(value("padding"));
  }

  /** Two numbers, of the height and of the width, or one that stands for both. */
  int[] pair(String key) {
    Object absent = absent(key);
    if (absent == LayerKind.AS_MAIN) {
      return pair(name());
    }
    return absent instanceof Integer both
        ? new int[] {both, both}
        : numbers(key, "a number or [height, width]", 2);
  }

  /**
   * Four numbers, of the top, the bottom, the left and the right: {@code [height, width]} and one
   * number stand for as much on both sides, and on all.
   *
   * @param other what else it may be, as errors say it; empty for nothing
   */
  int[] sides(String key, String other) {
    if (absent(key) instanceof Integer all) {
      return new int[] {all, all, all, all};
    }
    String numbers = "a number, [height, width] or [top, bottom, left, right]";
    int[] n = numbers(key, other.isEmpty() ? numbers : other + ", " + numbers, 2, 4);
    return n.length == 4 ? n : new int[] {n[0], n[0], n[1], n[1]};
  }

  /** Two numbers, of what is before and after; one number stands for both. */
  int[] ends(String key) {
    return numbers(key, "a number or [before, after]", 2);
  }

  /** One number, twice, or as many as there may be. */
  private int[] numbers(String key, String expected, Integer... counts) {
    Object value = value(key);
    if (value instanceof Long one) {
      return new int[] {bounded(key, one), bounded(key, one)};
    }
    if (value instanceof List<?> list && !List.of(counts).contains(list.size())) {
      throw wrong(key, expected);
    }
    return wholes(key, expected);
  }

  /**
   * A list of whole numbers.
   *
   * @param expected what to say of something else
   */
  int[] wholes(String key, String expected) {
    if (value(key) instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(Long.class::isInstance)) {
      return list.stream().mapToInt(n -> bounded(key, (Long) n)).toArray();
    }
    throw wrong(key, expected);
  }

  /** Refuses anything but {@code true} where a kind has no number. */
  void requireTrue() {
    if (!Boolean.TRUE.equals(value(name()))) {
      throw wrong(name(), "true, or the kind alone");
    }
  }

  /** The main field as the two bounds of a clip, which may be infinite. */
  double[] bounds() {
    if (!(value(name()) instanceof List<?> list && list.size() == 2)) {
      throw wrong(name(), "two numbers [min, max]");
    }
    return json.numbers(name()).stream().mapToDouble(n -> n).toArray();
  }

  /**
   * What a field holds: layers one after another, or a single one, on this layer's input.
   *
   * @param called what errors call it
   */
  Layer layers(String key, String called) {
    return NetworkReader.part(json, key, value(key), input, place.at(called));
  }

  /** The main field, which must be a list, as layers one after another. */
  Layer sequence() {
    json.list(name());
    return layers(name(), "sequence");
  }

  /** The main field as several of them side by side. */
  List<Layer> branches() {
    List<?> all = json.list(name());
    if (all.isEmpty()) {
      throw wrong(name(), "at least one branch");
    }
    List<Layer> branches = new ArrayList<>();
    for (Object branch : all) {
      Place where = place.at("branch %s", branches.size() + 1);
      branches.add(NetworkReader.part(json, name(), branch, input, where));
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
