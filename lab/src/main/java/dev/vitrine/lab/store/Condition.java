package dev.vitrine.lab.store;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What runs are chosen by, such as {@code model=lenet}, {@code test_accuracy>0.98} or {@code
 * tags~final}. Two numbers are compared by size, anything else as text without regard to case. What
 * is not known fulfils no condition but {@code =} with nothing after it.
 */
final class Condition implements Predicate<StoredRun> {
  private static final Pattern FORM =
      Pattern.compile("\\s*([\\w.-]+)\\s*(!=|<=|>=|=|<|>|~)\\s*(.*?)\\s*", Pattern.DOTALL);

  private final Values column;
  private final String operator;
  private final String operand;

  private Condition(Values column, String operator, String operand) {
    this.column = column;
    this.operator = operator;
    this.operand = operand;
  }

  /**
   * Reads a condition.
   *
   * @param runs whose settings may be named
   * @throws UserException if it is none, or names no column
   */
  static Condition parse(String text, Collection<StoredRun> runs) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw UserException.expecting(
          "A condition",
          "a column, one of = != < <= > >= ~, and a value, such as test_accuracy>0.98",
          Quote.of(text));
    }
    Values column = Values.named(match.group(1), runs);
    String operator = match.group(2);
    String operand = match.group(3);
    if (operator.matches("[<>]=?") && wanted(operand).isEmpty() && !column.isText()) {
      throw UserException.expecting(
          "The condition on " + column.key(), "a number", Quote.of(operand));
    }
    return new Condition(column, operator, operand);
  }

  /** A share may be written in per cent. */
  private static Optional<Double> wanted(String operand) {
    if (operand.endsWith("%")) {
      String share = operand.substring(0, operand.length() - 1).strip();
      return Values.number(share).map(value -> value / 100);
    }
    return Values.number(operand);
  }

  @Override
  public boolean test(StoredRun run) {
    Optional<Object> value = column.of(run);
    if (value.isEmpty()) {
      return operator.equals("=") && operand.isEmpty();
    }
    if (operator.equals("~")) {
      return lower(value.get()).contains(lower(operand));
    }
    Optional<Double> has = Values.number(value.get());
    Optional<Double> wanted = wanted(operand);
    int order =
        has.isPresent() && wanted.isPresent()
            ? Double.compare(has.get(), wanted.get())
            : lower(value.get()).compareTo(lower(operand));
    return switch (operator) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static String lower(Object value) {
    String text = value instanceof Double number ? Decimal.text(number) : value.toString();
    return text.toLowerCase(Locale.ROOT);
  }
}
