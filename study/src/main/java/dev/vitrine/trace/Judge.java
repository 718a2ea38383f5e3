package dev.vitrine.trace;

import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.trace.Slip.Kind;
import dev.vitrine.trace.Verdict.Counterexample;
import dev.vitrine.trace.Verdict.Outcome;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** Of the last decimal: what is nearer was not rounded. */
  private static final double EXACT = 1e-6;

  /** Points at which a slip must give a wrong formula's number, besides the user's own. */
  private static final int WITNESSES = 4;

  /** The chance at which a number that is wrong for another reason may be given a name. */
  private static final double BLIND = 0.01;

  /** Numbers of one sign within a factor of ten on either side, in e-folds. */
  private static final double SPREAD = 2 * 2 * Math.log(10);

  private static final int MOST_PAIRS = 5;

  private final Lines lines;

  /** All others are made of it, so that they share what is the same in all. */
  private final Attempt faultless;

  private final String by;
  private final Map<String, Tensor> at;
  private final Optional<Double> rate;
  private final Optional<Expectation> answer;
  private final Tensor given;
  private final double unit;

  /** What slips lead to before anything is done at the end, which most others are made of, too. */
  private final Map<List<Slip>, Optional<Tensor>> gradients = new HashMap<>();

  /**
   * The judge of a number that is to be a derivative.
   *
   * @param lines what is derived
   * @param by the name that is derived by
   * @param at the numbers of all names in the lines
   * @param given what was said
   * @param unit the last decimal of that; 0 if it is meant exactly
   */
  Judge(Lines lines, String by, Map<String, Tensor> at, Tensor given, double unit) {
    this.lines = lines;
    faultless = Attempt.right(lines);
    this.by = by;
    this.at = at;
    this.given = given;
    this.unit = unit;
    rate = Optional.empty();
    answer = Optional.empty();
  }

  /** The judge of an answer to a question. */
  Judge(Trace trace, Expectation answer) {
    lines = Lines.of(trace.question());
    faultless = Attempt.right(lines);
    by = answer.isResult() ? trace.wanted().getFirst() : answer.by();
    at = trace.given();
    rate = answer.isUpdate() ? trace.question().rate() : Optional.empty();
    this.answer = Optional.of(answer);
    given =
        answer
            .at(at)
            .orElseThrow(() ->
                new UserException(
                    "%s is not a finite number at the given point".formatted(answer.text())));
    unit = answer.unit();
  }

  static Verdict verdict(Trace trace, String text) {
    Expectation answer = Expectation.of(text, trace);
    return new Judge(trace, answer).verdict(trace, answer);
  }

  private Verdict verdict(Trace trace, Expectation answer) {
    Tensor right = right(trace, answer);
    if (!given.shape().equals(right.shape())) {
      throw new UserException(
          "%s is %s, but the answer %s".formatted(answer.of(), kind(right), kind(given)));
    }
    Optional<Counterexample> counterexample =
        answer.isFormula() ? counterexample(answer) : Optional.empty();
    Outcome outcome = counterexample.isPresent() ? Outcome.UNEQUAL : outcome(right);
    boolean searched = outcome == Outcome.UNEQUAL && (!answer.isResult() || isOwn(trace, answer));
    Found names = searched ? names() : new Found(List.of(), List.of());
    return new Verdict(
        answer.of(),
        answer.text(),
        outcome,
        right,
        given,
        counterexample,
        searched,
        names.slips(),
        names.pairs());
  }

  private Tensor right(Trace trace, Expectation answer) {
    if (answer.isResult()) {
      return answer.result(at).orElseThrow();
    }
    return answer.isUpdate() ? trace.update().orElseThrow().after().get(by) : trace.gradient(by);
  }

  /** Whether a result has a name that the question gave it: other lines have no others of it. */
  private boolean isOwn(Trace trace, Expectation answer) {
    return answer.of().equals(trace.result())
        || answer.of().equals(trace.objective())
        || lines.all().stream().anyMatch(line -> line.name().equals(answer.of()));
  }

  private static String kind(Tensor value) {
    return value.isScalar() ? "a number" : "of shape " + value.shape();
  }

  private Outcome outcome(Tensor right) {
    boolean rounded =
        unit > 0 && given.isScalar() && Math.abs(right.at(0) - given.at(0)) > EXACT * unit;
    if (same(right, given, 0) && !rounded) {
      return Outcome.EQUAL;
    }
    if (unit > 0 && given.isScalar()) {
      double off = Math.abs(right.at(0) - given.at(0));
      if (off <= unit / 2 * (1 + SAME)) {
        return Outcome.EQUAL_TO_DIGITS;
      }
      if (Rounding.isCutOff(answer.orElseThrow().text(), given, right)) {
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
    return answer
        .filter(Expectation::isResult)
        .map(result -> attempt.value(result.of(), point))
        .orElseGet(() -> attempt.result(by, point, rate));
  }

  private Optional<Counterexample> counterexample(Expectation answer) {
    RandomStream random = Seed.of(0).stream("points");
    for (int i = 0; i < POINTS; i++) {
      Map<String, Tensor> point = point(random, i);
      Optional<Tensor> truth = answer.isResult() ? answer.result(point) : at(faultless, point);
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
    at.forEach((name, value) ->
        point.put(name, value.map(_ -> rounded(3 * random.uniform(place[0]++) - 1.5))));
    return point;
  }

  /** Two decimals: a counterexample is to be read. */
  private static double rounded(double x) {
    return Math.rint(100 * x) / 100;
  }

  record Found(List<String> slips, List<List<String>> pairs) {}

  Found names() {
    List<Slip> slips = Slips.of(lines, by, at, rate.isPresent());
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
    return new Found(said(singles), together.stream().limit(MOST_PAIRS).map(Judge::said).toList());
  }

  private static List<String> said(List<Slip> slips) {
    return slips.stream().map(Slip::said).distinct().toList();
  }

  /** The slips that lead to the answer, each alone. */
  List<String> singles() {
    List<Slip> slips = Slips.of(lines, by, at, rate.isPresent());
    return said(singles(slips, points()));
  }

  private List<Slip> singles(List<Slip> slips, List<Map<String, Tensor>> points) {
    return fitting(slips.stream().map(List::of).toList(), points).stream()
        .map(List::getFirst)
        .toList();
  }

  private List<Map<String, Tensor>> points() {
    List<Map<String, Tensor>> points = new ArrayList<>(List.of(at));
    RandomStream random = Seed.of(1).stream("witnesses");
    boolean formula = answer.map(Expectation::isFormula).orElse(false);
    for (int i = 0; formula && i < WITNESSES; i++) {
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
      Optional<Tensor> wrong = result(slips);
      wrong.ifPresent(w -> distinct.add(w.map(Judge::short7)));
      if (wrong.isPresent() && same(wrong.get(), given, unit) && everywhere(with(slips), points)) {
        near.add(slips);
      }
    }
    double share = unit / Math.max(Math.abs(given.at(0)), Double.MIN_NORMAL) / SPREAD;
    boolean telling = distinct.size() * share <= BLIND;
    if (telling) {
      return near;
    }
    return near.stream()
        .filter(slips -> result(slips).filter(w -> same(w, given, 0)).isPresent())
        .toList();
  }

  /** What slips lead to at the user's own point. */
  private Optional<Tensor> result(List<Slip> slips) {
    Attempt attempt = with(slips);
    if (answer.filter(Expectation::isResult).isPresent()) {
      return at(attempt, at);
    }
    List<Slip> within = slips.stream().filter(slip -> !slip.kind().atTheEnd()).toList();
    return gradients
        .computeIfAbsent(within, _ -> attempt.gradient(by, at))
        .flatMap(gradient -> attempt.ended(gradient, at.get(by), rate));
  }

  private Attempt with(List<Slip> slips) {
    Attempt attempt = faultless;
    for (Slip slip : slips) {
      attempt = slip.made().apply(attempt);
    }
    return attempt;
  }

  private boolean everywhere(Attempt attempt, List<Map<String, Tensor>> points) {
    for (Map<String, Tensor> point : points.subList(1, points.size())) {
      Optional<Tensor> said = answer.orElseThrow().at(point);
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
