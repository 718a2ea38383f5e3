package dev.vitrine.neuron;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The truth table of a function: rows from all false to all true, the first input slowest.
 *
 * @param inputs how many, from 1 to {@link #MOST_INPUTS}
 * @param positives the numbers of the rows in which it is true
 */
public record Table(int inputs, BitSet positives) {
  /** How many inputs a table has at most: 4,096 rows. */
  public static final int MOST_INPUTS = 12;

  private static final List<String> NAMES =
      List.of("and", "or", "nand", "nor", "xor", "xnor", "parity", "majority");

  private static final Pattern NAMED = Pattern.compile("([a-z]+?)(\\d{0,3})");

  /** Keeps its own copy. */
  public Table {
    requireInputs(inputs);
    positives = (BitSet) positives.clone();
  }

  /** {@return a copy of the numbers of the rows in which it is true} */
  @Override
  public BitSet positives() {
    return (BitSet) positives.clone();
  }

  static void requireInputs(int inputs) {
    if (inputs < 1 || inputs > MOST_INPUTS) {
      throw new UserException(
          "A truth table has 1 to %s inputs, but there are %s: leave some out"
              .formatted(MOST_INPUTS, inputs));
    }
  }

  /**
   * {@return the table of a function}
   *
   * @param inputs how many
   * @param isTrue of each row's number
   */
  public static Table of(int inputs, IntPredicate isTrue) {
    requireInputs(inputs);
    BitSet positives = new BitSet();
    IntStream.range(0, 1 << inputs).filter(isTrue).forEach(positives::set);
    return new Table(inputs, positives);
  }

  /**
   * Reads a function by its name ({@code xor}, {@code majority5}) or its bits ({@code 0110}: from
   * all false to all true).
   *
   * @param text name or bits
   * @return the table
   * @throws UserException if it is neither
   */
  public static Table parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!word.isEmpty() && word.matches("[01]+")) {
      int inputs = Integer.numberOfTrailingZeros(word.length());
      if (word.length() < 2 || Integer.bitCount(word.length()) != 1) {
        throw new UserException(
            "The bits of a truth table are 2, 4, 8 … up to 4,096, one a row, but %s has %s"
                .formatted(Quote.of(text), word.length()));
      }
      requireInputs(inputs);
      return of(inputs, row -> word.charAt(row) == '1');
    }
    Matcher named = NAMED.matcher(word);
    if (!named.matches() || !NAMES.contains(named.group(1))) {
      throw UserException.unknown("function", text, NAMES)
          .advise(
              "name one of them, with its number of inputs if not the least, or give bits such as 0110");
    }
    String name = named.group(1);
    int least = name.equals("majority") ? 3 : 2;
    int inputs = named.group(2).isEmpty() ? least : Integer.parseInt(named.group(2));
    requireInputs(inputs);
    if (name.equals("majority") && inputs % 2 == 0) {
      throw new UserException(
          "A majority has an odd number of inputs, but got %s: two halves would be none"
              .formatted(inputs));
    }
    return of(inputs, row -> isTrue(name, inputs, Integer.bitCount(row)));
  }

  private static boolean isTrue(String name, int inputs, int ones) {
    return switch (name) {
      case "and" -> ones == inputs;
      case "or" -> ones > 0;
      case "nand" -> ones < inputs;
      case "nor" -> ones == 0;
      case "xor", "parity" -> ones % 2 == 1;
      case "xnor" -> ones % 2 == 0;
      default -> 2 * ones > inputs;
    };
  }

  /** {@return how many rows there are} */
  public int rows() {
    return 1 << inputs;
  }

  /**
   * {@return whether it is true in a row}
   *
   * @param row its number
   */
  public boolean isTrue(int row) {
    return positives.get(row);
  }

  /** {@return whether it is the same in all rows} */
  public boolean isConstant() {
    return positives.isEmpty() || positives.cardinality() == rows();
  }

  /**
   * {@return whether an input is true in a row}
   *
   * @param row its number
   * @param input its number, from 0
   */
  public boolean input(int row, int input) {
    return (row >> (inputs - 1 - input) & 1) == 1;
  }

  /** {@return the table of the function's negation} */
  public Table negated() {
    return of(inputs, row -> !isTrue(row));
  }

  /** {@return its bits, row by row} */
  public String bits() {
    StringBuilder bits = new StringBuilder();
    IntStream.range(0, rows()).forEach(row -> bits.append(isTrue(row) ? '1' : '0'));
    return bits.toString();
  }

  /** {@return what it is for each number of true inputs, if it depends on that alone} */
  Optional<boolean[]> byCount() {
    Boolean[] values = new Boolean[inputs + 1];
    for (int row = 0; row < rows(); row++) {
      int ones = Integer.bitCount(row);
      if (values[ones] != null && values[ones] != isTrue(row)) {
        return Optional.empty();
      }
      values[ones] = isTrue(row);
    }
    boolean[] all = new boolean[values.length];
    for (int k = 0; k < all.length; k++) {
      all[k] = values[k];
    }
    return Optional.of(all);
  }

  /** The numbers of the inputs that it depends on. */
  List<Integer> relevant() {
    return IntStream.range(0, inputs)
        .filter(input -> {
          int bit = 1 << (inputs - 1 - input);
          return IntStream.range(0, rows()).anyMatch(row -> isTrue(row) != isTrue(row ^ bit));
        })
        .boxed()
        .toList();
  }

  /** The same function of some inputs, the others false. */
  Table of(List<Integer> some) {
    return of(
        some.size(),
        row -> {
          int whole = 0;
          for (int i = 0; i < some.size(); i++) {
            if ((row >> (some.size() - 1 - i) & 1) == 1) {
              whole |= 1 << (inputs - 1 - some.get(i));
            }
          }
          return isTrue(whole);
        });
  }
}
