package dev.vitrine.look.kernel;

import dev.vitrine.error.UserException;
import java.util.List;
import java.util.Locale;

/** What lies beyond a picture's edge for a kernel that reaches over it. */
public enum Padding {
  /** Nothing: the kernel stays inside, and the result is smaller. */
  VALID("the kernel stays inside the picture"),
  /** Zeros, so that the result is as large as the picture; also called same. */
  ZERO("zeros outside, the result as large as the picture"),
  /** Zeros, so that every overlap counts, and the result is larger. */
  FULL("zeros outside, every overlap counts"),
  /** The pixels at the edge again, so that the result is as large as the picture. */
  REPLICATE("the edge's pixels again outside, the result as large as the picture");

  private final String words;

  Padding(String words) {
    this.words = words;
  }

  /** {@return what it does, in mid-sentence} */
  public String words() {
    return words;
  }

  /**
   * {@return the padding of that name}
   *
   * @param name valid, zero or same, full, or replicate
   * @throws UserException if there is none
   */
  public static Padding named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "valid" -> VALID;
      case "zero", "same" -> ZERO;
      case "full" -> FULL;
      case "replicate" -> REPLICATE;
      default ->
          throw UserException.unknown(
              "padding", name, List.of("zero", "same", "full", "replicate", "valid"));
    };
  }

  /** Rows or columns before the picture, for a kernel of that many. */
  int before(int kernel) {
    return switch (this) {
      case VALID -> 0;
      case ZERO, REPLICATE -> (kernel - 1) / 2;
      case FULL -> kernel - 1;
    };
  }

  /** Rows or columns after the picture, for a kernel of that many. */
  int after(int kernel) {
    return switch (this) {
      case VALID -> 0;
      case ZERO, REPLICATE -> kernel / 2;
      case FULL -> kernel - 1;
    };
  }
}
