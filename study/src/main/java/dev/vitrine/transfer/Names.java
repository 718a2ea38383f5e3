package dev.vitrine.transfer;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The names of tensors: a layer's, and what the tensor is to the layer. */
final class Names {
  private static final Pattern NUMBERS = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

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

  private static int end(String name) {
    return Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'));
  }

  /** The first parts of a name that all of some names have in common, dot included. */
  static String prefix(List<String> names) {
    String first = names.getFirst();
    int end = 0;
    for (int dot = first.indexOf('.'); dot >= 0; dot = first.indexOf('.', dot + 1)) {
      String prefix = first.substring(0, dot + 1);
      if (!names.stream().allMatch(name -> name.startsWith(prefix))) {
        break;
      }
      end = dot + 1;
    }
    return first.substring(0, end);
  }

  private static int compare(String a, String b) {
    String[] left = NUMBERS.split(a);
    String[] right = NUMBERS.split(b);
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
