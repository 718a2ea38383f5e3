package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;

/** The shape that {@code --input} gives. */
final class InputShape {
  private InputShape() {}

  /** Sizes between signs of multiplication, each at most nine digits, at most three. */
  static Shape of(String text) {
    if (!text.matches("[1-9]\\d{0,8}([x×][1-9]\\d{0,8}){0,2}")) {
      throw new UserException(
          "--input expects one to three sizes, such as 3x227x227, but got %s"
              .formatted(Quote.of(text)));
    }
    String[] sizes = text.split("[x×]", -1);
    int[] numbers = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      numbers[i] = Integer.parseInt(sizes[i]);
    }
    try {
      return Shape.of(numbers);
    } catch (IllegalArgumentException e) {
      throw new UserException("--input %s: %s".formatted(text, e.getMessage()), e);
    }
  }
}
