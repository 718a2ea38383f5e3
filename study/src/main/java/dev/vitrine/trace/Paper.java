package dev.vitrine.trace;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.trace.Trace.Forward;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What names and derivatives are at any point of a trace's expression, whatever is asked for. */
final class Paper {
  /** What a result is called that has no name of its own. */
  private static final String RESULT = "f";

  private final Trace trace;

  Paper(Trace trace) {
    this.trace = trace;
  }

  /**
   * What a left side stands for.
   *
   * @param lines what calculates it; empty lines for a given name
   * @param by the name that is derived by; empty for a value
   */
  record Quantity(String left, Lines lines, String by) {}

  /** All names' numbers where the given ones have these. */
  Map<String, Tensor> forward(Map<String, Tensor> given) {
    Map<String, Tensor> numbers = new LinkedHashMap<>(given);
    for (Forward step : trace.forward()) {
      numbers.put(step.name(), Evaluation.of(step.expression(), numbers));
    }
    return numbers;
  }

  /** An expression of a person's, in which the result may be called f, as in a loss. */
  Expression read(String text) {
    Set<String> names = new HashSet<>(trace.given().keySet());
    trace.forward().forEach(step -> names.add(step.name()));
    names.add(RESULT);
    Expression read =
        Names.withConstants(Program.of(Program.derivatives(text, names)).inlined(), names);
    Map<String, Expression> meant = new LinkedHashMap<>();
    for (String name : Names.all(read)) {
      meant.put(name, new Expression.Name(meant(name), read.at()));
    }
    return read.replace(meant);
  }

  /** A name or a derivative where f is the result, unless something else is called so. */
  String meant(String name) {
    boolean other =
        trace.given().containsKey(RESULT)
            || trace.forward().stream().anyMatch(step -> step.name().equals(RESULT));
    if (other) {
      return name;
    }
    if (!name.startsWith("∂")) {
      return name.equals(RESULT) ? trace.result() : name;
    }
    int over = name.indexOf("/∂");
    return Flow.partial(meant(name.substring(1, over)), meant(name.substring(over + 2)));
  }

  /** Whether a name is that of a value that the expression calculates. */
  boolean isResult(String name) {
    return trace.forward().stream().anyMatch(step -> step.name().equals(name));
  }

  /** The quantity of a left side. */
  Quantity quantity(String left, Place at) {
    if (!left.startsWith("∂")) {
      requireKnown(left, at);
      return new Quantity(left, new Lines(List.of(), 0), "");
    }
    String of = left.substring(1, left.indexOf("/∂"));
    String by = left.substring(left.indexOf("/∂") + 2);
    requireKnown(of, at);
    requireKnown(by, at);
    return new Quantity(left, lines(of, by), by);
  }

  private void requireKnown(String name, Place at) {
    Set<String> known = new HashSet<>(trace.given().keySet());
    trace.forward().forEach(step -> known.add(step.name()));
    if (!known.contains(name)) {
      throw at.fault(
          "%s is no name of the expression%s"
              .formatted(Quote.of(name), name.length() > 1 ? Nearest.hint(name, known) : ""));
    }
  }

  /** The steps from one name to another; what comes before is given there. */
  private Lines lines(String of, String by) {
    Set<String> depends = new HashSet<>(Set.of(by));
    List<Program.Line> lines = new ArrayList<>();
    int own = 0;
    boolean loss = false;
    for (Forward step : trace.forward()) {
      boolean uses = Names.all(step.expression()).stream().anyMatch(depends::contains);
      if (uses && !step.name().equals(by)) {
        depends.add(step.name());
        lines.add(new Program.Line(step.name(), step.expression(), step.expression().at()));
        own += loss ? 0 : 1;
      }
      loss |= step.name().equals(trace.result());
      if (step.name().equals(of)) {
        break;
      }
    }
    return depends.contains(of) ? new Lines(lines, own) : new Lines(List.of(), 0);
  }

  /** What a quantity is where all names have these numbers. */
  Tensor truth(Quantity quantity, Map<String, Tensor> numbers) {
    if (quantity.by().isEmpty()) {
      return numbers.get(quantity.left());
    }
    Tensor by = numbers.get(quantity.by());
    if (quantity.lines().all().isEmpty()) {
      String of = quantity.left().substring(1, quantity.left().indexOf("/∂"));
      return by.map(_ -> of.equals(quantity.by()) ? 1 : 0);
    }
    return Attempt.right(quantity.lines())
        .result(quantity.by(), given(quantity, numbers), Optional.empty())
        .orElseThrow(() ->
            new UserException(
                "%s is not a finite number at this point".formatted(quantity.left())));
  }

  /** The numbers of the names that the lines of a quantity do not calculate. */
  Map<String, Tensor> given(Quantity quantity, Map<String, Tensor> numbers) {
    Map<String, Tensor> given = new LinkedHashMap<>(numbers);
    quantity.lines().all().forEach(line -> given.remove(line.name()));
    given.keySet().removeIf(name -> name.startsWith("∂"));
    return given;
  }

  /** The numbers with those of the derivatives that stand in an expression. */
  Map<String, Tensor> withDerivatives(Expression expression, Map<String, Tensor> numbers) {
    Map<String, Tensor> all = new LinkedHashMap<>(numbers);
    for (String name : Names.all(expression)) {
      if (!all.containsKey(name)) {
        all.put(name, truth(quantity(name, expression.at()), numbers));
      }
    }
    return all;
  }
}
