package dev.vitrine.lab.search;

import dev.vitrine.error.Decimal;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Span;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A choice on the edge of what was searched: the best may lie beyond.
 *
 * @param arm whose choice it is
 * @param parameter which is at its edge
 * @param value what was chosen
 * @param lower whether the edge is the lower one
 * @param beyond values to try next, the nearest first
 */
public record Edge(String arm, String parameter, String value, boolean lower, List<String> beyond) {
  /** Values that differ by this factor from end to end are on a log scale. */
  private static final double WIDE = 8;

  /** Of two values alone a smaller one will do; and where a difference leads below 0. */
  private static final double TWICE = 2;

  private static final int MORE = 2;

  /** What stays of an average: it matters how far from 1 they are. */
  private static final Set<String> SHARES = Set.of("momentum", "beta1", "beta2", "alpha", "rho");

  /** What is left of a difference that is 0. */
  private static final double NOTHING = 1e-6;

  /**
   * {@return the edges that the choices lie on} An edge of 0 is none, since nothing lies beyond.
   *
   * @param spec the study
   * @param points all of it
   * @param choices the best point of each arm
   */
  public static List<Edge> of(
      StudySpec spec, List<Point> points, Collection<Agenda.Choice> choices) {
    List<Edge> edges = new ArrayList<>();
    for (Agenda.Choice choice : choices) {
      for (String name : spec.parameters().stream().map(Parameter::name).distinct().toList()) {
        edge(spec, name, choice, points).ifPresent(edges::add);
      }
    }
    return edges;
  }

  private static Optional<Edge> edge(
      StudySpec spec, String name, Agenda.Choice choice, List<Point> points) {
    String chosen = choice.point().varied().get(name);
    TreeSet<Double> searched = new TreeSet<>();
    for (Point point : points) {
      String value = point.varied().get(name);
      if (value != null && point.arm().equals(choice.arm())) {
        OptionalDouble number = Values.number(value);
        if (number.isEmpty()) {
          return Optional.empty();
        }
        searched.add(number.getAsDouble());
      }
    }
    if (chosen == null || searched.size() < 2) {
      return Optional.empty();
    }
    double at = Values.number(chosen).orElseThrow();
    boolean lower = at == searched.first();
    if ((!lower && at != searched.last()) || (lower && at == 0)) {
      return Optional.empty();
    }
    Map<String, String> known =
        Arms.known(spec, choice.arm(), choice.point().settings(), choice.point().varied());
    boolean log =
        Arms.varying(spec, name, known).flatMap(Parameter::span).filter(Span::log).isPresent();
    boolean share = !lower && SHARES.contains(name) && searched.first() >= 0 && at < 1;
    List<String> beyond = beyond(searched, lower, log || isWide(searched));
    if (share && beyond.stream().anyMatch(each -> Values.number(each).orElseThrow() >= 1)) {
      beyond = nearerToOne(searched);
    }
    return Optional.of(new Edge(choice.arm(), name, chosen, lower, beyond));
  }

  /** Whether values look as if their ratios were meant, not their differences. */
  private static boolean isWide(TreeSet<Double> searched) {
    double least = searched.first();
    return least > 0 && searched.last() / least >= (searched.size() == 2 ? TWICE : WIDE);
  }

  /** Two more shares, whose distances to 1 fall as the last ones do. */
  private static List<String> nearerToOne(TreeSet<Double> searched) {
    double left = 1 - searched.last();
    double falls = left / (1 - searched.lower(searched.last()));
    return IntStream.rangeClosed(1, MORE)
        .mapToObj(i -> Values.calculated(left * Math.pow(falls, i), false))
        .map(distance -> BigDecimal.ONE.subtract(new BigDecimal(distance)).doubleValue())
        .filter(share -> share < 1)
        .distinct()
        .map(share -> Values.canonical(Decimal.text(share)))
        .toList();
  }

  /** Two more, as far from each other as the last ones are. */
  private static List<String> beyond(TreeSet<Double> searched, boolean lower, boolean log) {
    double edge = lower ? searched.first() : searched.last();
    double next = lower ? searched.higher(edge) : searched.lower(edge);
    boolean whole = searched.stream().allMatch(value -> value == Math.rint(value));
    List<String> beyond = new ArrayList<>();
    double last = edge;
    for (int i = 1; i <= MORE; i++) {
      double value = log && next > 0 ? edge * Math.pow(edge / next, i) : edge + i * (edge - next);
      boolean crosses = edge > 0 && value < NOTHING * edge;
      if (crosses && whole) {
        break;
      }
      last = crosses ? last / TWICE : value;
      beyond.add(Values.calculated(last, whole));
    }
    return beyond.stream().distinct().toList();
  }
}
