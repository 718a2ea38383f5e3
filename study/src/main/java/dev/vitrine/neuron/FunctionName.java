package dev.vitrine.neuron;

import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people call a truth function. */
final class FunctionName {
  private FunctionName() {}

  /**
   * The name of a function; empty if it has none that is usual.
   *
   * @param inputs the names of its inputs
   */
  static Optional<String> of(Table table, List<String> inputs) {
    if (table.isConstant()) {
      return Optional.of(table.isTrue(0) ? "always true" : "always false");
    }
    List<Integer> relevant = table.relevant();
    Table reduced = table.of(relevant);
    List<String> names = relevant.stream().map(i -> Notation.UNICODE.name(inputs.get(i))).toList();
    Optional<String> name = ofAll(reduced, names);
    return relevant.size() < table.inputs() && name.isPresent() && names.size() > 1
        ? Optional.of(
            name.get().contains(names.getFirst())
                ? name.get()
                : name.get() + " of " + String.join(", ", names))
        : name;
  }

  private static Optional<String> ofAll(Table table, List<String> names) {
    int n = table.inputs();
    if (n == 1) {
      return Optional.of((table.isTrue(1) ? "" : "NOT ") + names.getFirst());
    }
    return table
        .byCount()
        .flatMap(values -> byCount(values, n))
        .or(() -> literals(table, names, " AND "))
        .or(() -> literals(table.negated(), names, " OR "));
  }

  private static Optional<String> byCount(boolean[] values, int n) {
    StringBuilder text = new StringBuilder();
    for (boolean value : values) {
      text.append(value ? '1' : '0');
    }
    String bits = text.toString();
    if (n == 2 && (bits.equals("010") || bits.equals("101"))) {
      return Optional.of(bits.equals("010") ? "XOR" : "XNOR");
    }
    if (bits.matches("(01)+0?")) {
      return Optional.of("parity (an odd number of inputs true)");
    }
    if (bits.matches("(10)+1?")) {
      return Optional.of("parity, negated (an even number of inputs true)");
    }
    int first = bits.indexOf('1');
    if (bits.matches("0*1+")) {
      return Optional.of(
          first == n
              ? "AND"
              : first == 1
                  ? "OR"
                  : 2 * first == n + 1 ? "majority" : "at least %s of %s".formatted(first, n));
    }
    if (bits.matches("1+0+")) {
      int zero = bits.indexOf('0');
      return Optional.of(
          zero == n
              ? "NAND"
              : zero == 1
                  ? "NOR"
                  : 2 * zero == n + 1 ? "minority" : "fewer than %s of %s".formatted(zero, n));
    }
    return bits.matches("0*10*")
        ? Optional.of("exactly %s of %s".formatted(first, n))
        : Optional.empty();
  }

  /** A single true row is an AND of its inputs or their negations; of the negation, an OR. */
  private static Optional<String> literals(Table table, List<String> names, String between) {
    if (table.positives().cardinality() != 1) {
      return Optional.empty();
    }
    int row = table.positives().nextSetBit(0);
    boolean and = between.equals(" AND ");
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      literals.add((table.input(row, i) == and ? "" : "NOT ") + names.get(i));
    }
    return Optional.of(String.join(between, literals));
  }
}
