package dev.vitrine.trace;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer that somebody gave.
 *
 * @param of what is answered: a derivative, such as {@code ∂f/∂w2}, or a given name, whose number
 *     after a step of descent is meant, or a result
 * @param text what it is said to be
 * @param expression the same, read
 * @param unit the last decimal that is given; 0 for what is meant exactly
 * @param paper where the names of results and derivatives in it have their numbers
 */
record Expectation(String of, String text, Expression expression, double unit, Paper paper) {
  private static final Pattern EQUATION = Pattern.compile("([^=]*)=(.*)");

  /**
   * Reads an answer.
   *
   * @param given a number or an expression, with or without {@code ∂f/∂w =} before it
   * @param trace what is asked, for what is left out
   */
  static Expectation of(String given, Trace trace) {
    Matcher equation = EQUATION.matcher(given);
    boolean named = equation.matches();
    String right = (named ? equation.group(2) : given).strip();
    Paper paper = new Paper(trace);
    String left = named ? paper.meant(Program.left(equation.group(1))) : only(given, trace);
    requireKnown(left, trace);
    return new Expectation(left, right, paper.read(right), Rounding.unit(right), paper);
  }

  private static String only(String given, Trace trace) {
    if (trace.wanted().size() > 1) {
      throw new UserException(
          "%s may be the derivative by any of %s: say which, as in %s=%s, or derive by one name"
              .formatted(
                  Quote.of(given),
                  String.join(", ", trace.wanted()),
                  Flow.partial(trace.objective(), trace.wanted().getFirst()),
                  given));
    }
    return Flow.partial(trace.objective(), trace.wanted().getFirst());
  }

  private static void requireKnown(String left, Trace trace) {
    List<String> derivatives =
        trace.wanted().stream().map(name -> Flow.partial(trace.objective(), name)).toList();
    boolean update = trace.update().isPresent() && trace.wanted().contains(left);
    boolean result = trace.forward().stream().anyMatch(step -> step.name().equals(left));
    if (!derivatives.contains(left) && !update && !result) {
      throw new UserException(
          "An answer expects %s%s or a result such as %s before =, but got %s"
              .formatted(
                  String.join(", ", derivatives),
                  trace.update().isPresent() ? ", " + String.join(", ", trace.wanted()) : "",
                  trace.objective(),
                  Quote.of(left)));
    }
  }

  /** The name that is derived by, or stepped. */
  String by() {
    return of.startsWith("∂") ? of.substring(of.lastIndexOf('∂') + 1) : of;
  }

  boolean isUpdate() {
    return !of.startsWith("∂") && !isResult();
  }

  /** Whether it is about a value on the way forward. */
  boolean isResult() {
    return paper.isResult(of);
  }

  /** The right value of a result at a point; empty where it is no finite number. */
  Optional<Tensor> result(Map<String, Tensor> given) {
    return finite(paper.forward(given).get(of));
  }

  /** Whether it is about all points: it has names. */
  boolean isFormula() {
    return !Names.all(expression).isEmpty();
  }

  /** What it comes to at a point; empty where it is no finite number. */
  Optional<Tensor> at(Map<String, Tensor> numbers) {
    return finite(
        Evaluation.of(expression, paper.withDerivatives(expression, paper.forward(numbers))));
  }

  private static Optional<Tensor> finite(Tensor value) {
    for (int i = 0; i < value.size(); i++) {
      if (!Double.isFinite(value.at(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(value);
  }
}
