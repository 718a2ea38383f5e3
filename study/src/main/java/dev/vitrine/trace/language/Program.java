package dev.vitrine.trace.language;

import dev.vitrine.error.Quote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lines of expressions, each of which may use the names of those before.
 *
 * @param lines one or more, in order
 */
public record Program(List<Line> lines) {
  /** More than anybody reads. */
  private static final int MOST_LINES = 300;

  /**
   * A line.
   *
   * @param name what the value is called; empty for none
   * @param expression what it is
   * @param at where it begins
   */
  public record Line(String name, Expression expression, Place at) {}

  /** Copies the list, in which no name may stand twice. */
  public Program {
    lines = List.copyOf(lines);
    Set<String> seen = new HashSet<>();
    for (Line line : lines) {
      if (!line.name().isEmpty() && !seen.add(line.name())) {
        throw line.at().fault(Quote.of(line.name()) + " is named twice: take another name");
      }
    }
  }

  /**
   * Reads lines between {@code ;} or line feeds: {@code s = w*x; σ(s)}.
   *
   * @param text the lines
   * @return what they say
   * @throws dev.vitrine.error.UserException if the text cannot be read, with the column
   */
  public static Program of(String text) {
    List<Line> lines = new Parser(text).lines("");
    if (lines.size() > MOST_LINES) {
      throw lines
          .get(MOST_LINES)
          .at()
          .fault("there are more than %s lines: leave some out".formatted(MOST_LINES));
    }
    return new Program(lines);
  }

  /**
   * Reads numbers for names: {@code x1=1, w=[1,2;3,4], b=1/3}.
   *
   * @param text the assignments, between commas or {@code ;}
   * @return each name's numbers
   * @throws dev.vitrine.error.UserException if one is none, or a name stands twice
   */
  public static Map<String, Tensor> assignments(String text) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Line line : new Parser(text).lines(",")) {
      if (values.containsKey(line.name())) {
        throw line.at().fault(Quote.of(line.name()) + " is given a value twice: leave one out");
      }
      if (line.name().isEmpty()) {
        throw line.at().fault("expected a name and its value, such as x1=0.5");
      }
      List<String> names = Names.of(line.expression());
      if (!names.isEmpty()) {
        throw line.at()
            .fault(
                "%s expects numbers, but got the name %s"
                    .formatted(line.name(), Quote.of(names.getFirst())));
      }
      values.put(
          line.name(), Evaluation.of(Names.withConstants(line.expression(), Set.of()), Map.of()));
    }
    return values;
  }

  /**
   * Reads the left side of an equation.
   *
   * @param text a name, or a derivative written with ∂ or d, such as {@code df/dw2}
   * @return the name as expressions have it, such as {@code ∂f/∂w2}
   */
  public static String left(String text) {
    return Token.left(text);
  }

  /**
   * {@return the same with derivatives that are written with d, such as {@code dL/dy}, written with
   * ∂}
   *
   * @param text an expression
   * @param names that are derived and derived by: anything else is a quotient
   */
  public static String derivatives(String text, Set<String> names) {
    return Token.derivatives(text, names);
  }

  /**
   * {@return the last line, with what earlier lines say in the places of their names, and
   * constants}
   */
  public Expression inlined() {
    Map<String, Expression> known = new HashMap<>();
    Set<String> taken = new HashSet<>();
    List<Expression> values = new ArrayList<>();
    for (Line line : lines) {
      Expression value = Names.withConstants(line.expression(), taken).replace(known);
      known.put(line.name(), value);
      taken.add(line.name());
      values.add(value);
    }
    return values.getLast();
  }
}
