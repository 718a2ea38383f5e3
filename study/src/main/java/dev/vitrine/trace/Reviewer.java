package dev.vitrine.trace;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.trace.Paper.Quantity;
import dev.vitrine.trace.Review.Fault;
import dev.vitrine.trace.Review.Part;
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

/** Goes through a person's derivation. */
final class Reviewer {
  private static final int POINTS = 40;

  private final Trace trace;
  private final Paper paper;
  private final Map<String, Tensor> numbers;
  private final List<Part> right = new ArrayList<>();

  /** The last side that was right, of which the next may be the rounded number. */
  private Tensor carried = Tensor.of(0);

  private String carriedOf = "";

  Reviewer(Trace trace) {
    this.trace = trace;
    paper = new Paper(trace);
    numbers = paper.forward(trace.given());
  }

  Review review(String text) {
    String left = "";
    int number = 0;
    for (String whole : text.lines().toList()) {
      number++;
      String line = whole.replaceFirst("#.*", "");
      if (line.isBlank()) {
        continue;
      }
      String[] sides = line.split("=", -1);
      String named = Program.left(sides[0]);
      if (sides.length < 2 || (named.isEmpty() && left.isEmpty())) {
        throw new UserException(
            "Line %s expects an equation, such as ∂L/∂f = 2(f - y), but got %s"
                .formatted(number, Quote.of(line.strip())));
      }
      left = named.isEmpty() ? left : paper.meant(named);
      Optional<Fault> fault = sides(number, left, sides);
      if (fault.isPresent()) {
        return new Review(right, fault);
      }
    }
    if (right.isEmpty()) {
      throw new UserException(
          "A derivation expects lines such as ∂L/∂f = 2(f - y), but has none: nothing was checked");
    }
    return new Review(right, Optional.empty());
  }

  private Optional<Fault> sides(int line, String left, String... sides) {
    try {
      for (int i = 1; i < sides.length; i++) {
        Part part = new Part(line, left, sides[i].strip());
        Optional<Fault> fault = judged(part);
        if (fault.isPresent()) {
          return fault;
        }
        right.add(part);
      }
      return Optional.empty();
    } catch (UserException e) {
      throw e.of("Line " + line);
    }
  }

  private Optional<Fault> judged(Part part) {
    Quantity quantity = paper.quantity(part.left(), Place.NONE);
    Expression expression = paper.read(part.text());
    Tensor truth = paper.truth(quantity, numbers);
    Tensor given = Evaluation.of(expression, paper.withDerivatives(expression, numbers));
    if (!given.shape().equals(truth.shape())) {
      throw new UserException(
          "%s has the shape %s, but %s has %s"
              .formatted(part.left(), truth.shape(), part.text(), given.shape()));
    }
    boolean follows =
        part.left().equals(carriedOf) && Rounding.isRounded(part.text(), given, carried);
    if (!follows
        && !Rounding.isCutOff(part.text(), given, truth)
        && !Rounding.agrees(expression, part.text(), given, truth, numbers)) {
      return Optional.of(fault(part, quantity, truth, given, trace.given()));
    }
    carriedOf = part.left();
    carried = given;
    return Names.all(expression).isEmpty()
        ? Optional.empty()
        : elsewhere(part, quantity, expression);
  }

  /** A formula may be right at the given point alone. */
  private Optional<Fault> elsewhere(Part part, Quantity quantity, Expression expression) {
    RandomStream random = Seed.of(0).stream("review");
    for (int i = 0; i < POINTS; i++) {
      Map<String, Tensor> point = new LinkedHashMap<>();
      int[] place = {1000 * i};
      trace
          .given()
          .forEach((name, value) ->
              point.put(
                  name,
                  value.map(_ -> Math.rint(100 * random.uniform(place[0]++, -1.5, 1.5)) / 100)));
      Map<String, Tensor> there = paper.forward(point);
      if (there.values().stream().anyMatch(value -> !finite(value))) {
        continue;
      }
      Tensor truth = paper.truth(quantity, there);
      Tensor given = Evaluation.of(expression, paper.withDerivatives(expression, there));
      if (finite(given) && !Rounding.agrees(expression, part.text(), given, truth, there)) {
        return Optional.of(fault(part, quantity, truth, given, point));
      }
    }
    return Optional.empty();
  }

  private static boolean finite(Tensor value) {
    for (int i = 0; i < value.size(); i++) {
      if (!Double.isFinite(value.at(i))) {
        return false;
      }
    }
    return true;
  }

  private Fault fault(
      Part part, Quantity quantity, Tensor truth, Tensor given, Map<String, Tensor> at) {
    if (quantity.by().isEmpty() || quantity.lines().all().isEmpty()) {
      return new Fault(part, truth, given, at, List.of(), List.of());
    }
    Map<String, Tensor> known = paper.given(quantity, paper.forward(at));
    Set<String> used = new HashSet<>(Lines.used(quantity.lines(), known).keySet());
    known.keySet().retainAll(used);
    Judge.Found names =
        new Judge(quantity.lines(), quantity.by(), known, given, Rounding.unit(part.text()))
            .names();
    return new Fault(part, truth, given, at, names.slips(), names.pairs());
  }
}
