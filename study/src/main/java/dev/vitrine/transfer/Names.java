package dev.vitrine.transfer;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The names of tensors: a layer's, and what the tensor is to the layer. */
final class Names {
  private static final Pattern PARTS =
      Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)|(?<=[a-zA-Z])(?=_)");

  /** Names in the order in which people count: {@code conv2} before {@code conv10}. */
  static final Comparator<String> COUNTED = Names::compare;

  private Names() {}

  /** The layer's name: all before the last dot or slash. */
  static String stem(String name) {
    int end = end(name);
    return end < 0 ? "" : name.substring(0, end);
  }

  /** What follows it. */
  static String role(String name) {
    return name.substring(end(name) + 1);
  }

  /** Where the last dot or slash is; −1 if there is none. */
  static int end(String name) {
    return Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'));
  }

  /** Some names as people count them; one without a number goes before those that begin with it. */
  static List<String> counted(Collection<String> names) {
    return names.stream().sorted(COUNTED).toList();
  }

  /**
   * Whether each of some sorted names differs from the next by a number, where they differ first.
   */
  static boolean areCounted(List<String> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      String[] one = parts(sorted.get(i - 1));
      String[] other = parts(sorted.get(i));
      int at = 0;
      while (at < Math.min(one.length, other.length) && one[at].equals(other[at])) {
        at++;
      }
      boolean first = at == one.length && at < other.length;
      boolean numbers =
          at < Math.min(one.length, other.length) && isNumber(one[at]) && isNumber(other[at]);
      if (!numbers && !(first && isFirst(other, at))) {
        return false;
      }
    }
    return true;
  }

  /** Whether two names have the same numbers, such as {@code conv3_2} and {@code block3_conv2}. */
  static boolean haveOneNumber(String name, String other) {
    List<String> numbers = numbers(name);
    return !numbers.isEmpty() && numbers.equals(numbers(other));
  }

  private static List<String> numbers(String name) {
    return Arrays.stream(parts(name)).filter(Names::isNumber).toList();
  }

  /** Keras calls the second {@code conv2d_1}, the first {@code conv2d}. */
  private static boolean isFirst(String[] name, int at) {
    return name.length == at + 2 && name[at].equals("_") && isNumber(name[at + 1]);
  }

  /** {@code conv}, {@code 2}, {@code d}, {@code _}, {@code 1}. */
  private static String[] parts(String name) {
    return PARTS.split(name);
  }

  private static int compare(String a, String b) {
    String[] left = parts(a);
    String[] right = parts(b);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order =
          isNumber(left[i]) && isNumber(right[i])
              ? new java.math.BigInteger(left[i]).compareTo(new java.math.BigInteger(right[i]))
              : left[i].compareTo(right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
