package dev.vitrine.trace;

import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.trace.Slip.Kind;
import dev.vitrine.trace.Verdict.Counterexample;
import dev.vitrine.trace.Verdict.Outcome;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges an answer by numbers alone, and looks for the slips that lead to it. */
final class Judge {
  private static final int POINTS = 200;
  private static final double SAME = 1e-9;

  /** Points at which a slip must give a wrong formula's number, besides the user's own. */
  private static final int WITNESSES = 4;

  /** The chance at which a number that is wrong for another reason may be given a name. */
  private static final double BLIND = 0.01;

  /** Numbers of one sign within a factor of ten on either side, in e-folds. */
  private static final double SPREAD = 2 * 2 * Math.log(10);

  private static final int MOST_PAIRS = 5;

  private final Trace trace;
  private final Expectation answer;
  private final Lines lines;
  private final Optional<Double> rate;
  private final Tensor right;
  private final Tensor given;

  Judge(Trace trace, String text) {
    this.trace = trace;
    answer = Expectation.of(text, trace);
    lines = Lines.of(trace.question());
    rate = answer.isUpdate() ? trace.question().rate() : Optional.empty();
    right =
        answer.isUpdate()
            ? trace.update().orElseThrow().after().get(answer.by())
            : trace.gradient(answer.by());
    given = answer.at(trace.given()).orElseThrow(() -> new UserException(
        "%s is not a finite number at the given point".formatted(answer.text())));
    if (!given.shape().equals(right.shape())) {
      throw new UserException(
          "%s has the shape %s, but the answer %s"
              .formatted(answer.of(), right.shape(), given.shape()));
    }
  }

  Verdict verdict() {
    Optional<Counterexample> counterexample =
        answer.isFormula() ? counterexample() : Optional.empty();
    Outcome outcome = counterexample.isPresent() ? Outcome.UNEQUAL : outcome();
    Names names = outcome == Outcome.UNEQUAL ? names() : new Names(List.of(), List.of());
    return new Verdict(
        answer.of(), answer.text(), outcome, right, given, counterexample, names.slips(),
        names.pairs());
  }

  private Outcome outcome() {
    if (same(right, given, 0)) {
      return Outcome.EQUAL;
    }
    if (answer.unit() > 0 && given.isScalar()) {
      double off = Math.abs(right.at(0) - given.at(0));
      if (off <= answer.unit() / 2 * (1 + SAME)) {
        return Outcome.EQUAL_TO_DIGITS;
      }
      boolean shorter =
          Math.abs(given.at(0)) < Math.abs(right.at(0)) && given.at(0) * right.at(0) > 0;
      if (off < answer.unit() && shorter) {
        return Outcome.CUT_OFF;
      }
    }
    return Outcome.UNEQUAL;
  }

  /** Within rounding, or within half a unit of the last digit that is given. */
  private static boolean same(Tensor a, Tensor b, double unit) {
    if (!a.shape().equals(b.shape())) {
      return false;
    }
    double size = 0;
    for (int i = 0; i < a.size(); i++) {
      size = Math.max(size, Math.max(Math.abs(a.at(i)), Math.abs(b.at(i))));
    }
    for (int i = 0; i < a.size(); i++) {
      double allowed = Math.max(unit / 2 * (1 + SAME), SAME * size + 1e-300);
      if (!(Math.abs(a.at(i) - b.at(i)) <= allowed)) {
        return false;
      }
    }
    return true;
  }

  /** The right number by the calculation that slips are put into, at any point. */
  private Optional<Tensor> at(Attempt attempt, Map<String, Tensor> point) {
    return attempt.result(answer.by(), point, rate);
  }

  private Optional<Counterexample> counterexample() {
    RandomStream random = Seed.of(0).stream("points");
    for (int i = 0; i < POINTS; i++) {
      Map<String, Tensor> point = point(random, i);
      Optional<Tensor> truth = at(Attempt.right(lines), point);
      Optional<Tensor> said = answer.at(point);
      if (truth.isPresent() && said.isPresent() && !close(truth.get(), said.get())) {
        return Optional.of(new Counterexample(point, truth.get(), said.get()));
      }
    }
    return Optional.empty();
  }

  private static boolean close(Tensor a, Tensor b) {
    return same(a, b, 1e-11);
  }

  private Map<String, Tensor> point(RandomStream random, int number) {
    Map<String, Tensor> point = new LinkedHashMap<>();
    int[] place = {1000 * number};
    trace.given().forEach((name, value) ->
        point.put(name, value.map(_ -> rounded(3 * random.uniform(place[0]++) - 1.5))));
    return point;
  }

  /** Two decimals: a counterexample is to be read. */
  private static double rounded(double x) {
    return Math.rint(100 * x) / 100;
  }

  private record Names(List<String> slips, List<List<String>> pairs) {}

  private Names names() {
    List<Slip> slips = Slips.of(lines, answer.by(), trace.given(), answer.isUpdate());
    List<Map<String, Tensor>> points = points();
    List<Slip> singles = singles(slips, points);
    List<List<Slip>> pairs = new ArrayList<>();
    for (int i = 0; i < slips.size(); i++) {
      for (int j = i + 1; j < slips.size(); j++) {
        if (pair(slips.get(i), slips.get(j))
            && !singles.contains(slips.get(i))
            && !singles.contains(slips.get(j))) {
          pairs.add(List.of(slips.get(i), slips.get(j)));
        }
      }
    }
    List<List<Slip>> together = fitting(pairs, points);
    if (singles.isEmpty() && together.isEmpty()) {
      together = fitting(withLostSign(pairs), points);
    }
    return new Names(
        said(singles),
        together.stream().limit(MOST_PAIRS).map(Judge::said).toList());
  }

  private static List<String> said(List<Slip> slips) {
    return slips.stream().map(Slip::said).distinct().toList();
  }

  /** The slips that lead to the answer, each alone. */
  List<String> singles() {
    List<Slip> slips = Slips.of(lines, answer.by(), trace.given(), answer.isUpdate());
    return said(singles(slips, points()));
  }

  private List<Slip> singles(List<Slip> slips, List<Map<String, Tensor>> points) {
    return fitting(slips.stream().map(List::of).toList(), points).stream()
        .map(List::getFirst)
        .toList();
  }

  private List<Map<String, Tensor>> points() {
    List<Map<String, Tensor>> points = new ArrayList<>(List.of(trace.given()));
    RandomStream random = Seed.of(1).stream("witnesses");
    for (int i = 0; answer.isFormula() && i < WITNESSES; i++) {
      points.add(point(random, i));
    }
    return points;
  }

  /** A sign is lost so easily that it may come on top of two others. */
  private static List<List<Slip>> withLostSign(List<List<Slip>> pairs) {
    return pairs.stream()
        .filter(pair -> pair.stream().noneMatch(slip -> slip.kind() == Kind.FACTOR))
        .map(pair -> List.of(pair.get(0), pair.get(1), Slips.LOST_SIGN))
        .toList();
  }

  /** Factors at the end make any number out of few, so at most one of two is such. */
  private static boolean pair(Slip a, Slip b) {
    boolean decimal = a.kind() == Kind.DECIMAL || b.kind() == Kind.DECIMAL;
    return !decimal && !(a.kind() == Kind.FACTOR && b.kind() == Kind.FACTOR);
  }

  /** Those that give the answer, unless so many numbers were tried that one of them fits anyway. */
  private List<List<Slip>> fitting(List<List<Slip>> tried, List<Map<String, Tensor>> points) {
    Set<Tensor> distinct = new HashSet<>();
    List<List<Slip>> near = new ArrayList<>();
    for (List<Slip> slips : tried) {
      Attempt attempt = with(slips);
      Optional<Tensor> wrong = at(attempt, points.getFirst());
      wrong.ifPresent(w -> distinct.add(w.map(Judge::short7)));
      if (wrong.isPresent() && same(wrong.get(), given, answer.unit()) && everywhere(attempt, points)) {
        near.add(slips);
      }
    }
    double share = answer.unit() / Math.max(Math.abs(given.at(0)), Double.MIN_NORMAL) / SPREAD;
    boolean telling = distinct.size() * share <= BLIND;
    if (telling) {
      return near;
    }
    return near.stream()
        .filter(slips ->
            at(with(slips), points.getFirst()).filter(w -> same(w, given, 0)).isPresent())
        .toList();
  }

  private Attempt with(List<Slip> slips) {
    Attempt attempt = Attempt.right(lines);
    for (Slip slip : slips) {
      attempt = slip.made().apply(attempt);
    }
    return attempt;
  }

  private boolean everywhere(Attempt attempt, List<Map<String, Tensor>> points) {
    for (Map<String, Tensor> point : points.subList(1, points.size())) {
      Optional<Tensor> said = answer.at(point);
      Optional<Tensor> wrong = at(attempt, point);
      if (said.isPresent() && (wrong.isEmpty() || !close(wrong.get(), said.get()))) {
        return false;
      }
    }
    return true;
  }

  private static double short7(double x) {
    return (float) x;
  }
}
