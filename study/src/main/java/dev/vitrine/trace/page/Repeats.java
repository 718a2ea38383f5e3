package dev.vitrine.trace.page;

import dev.vitrine.trace.Trace;
import dev.vitrine.trace.Trace.Forward;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Printer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chains of equal blocks in a trace, such as σ(w·σ(w·σ(w·x))): each block calculates the same of
 * the one before. What else stands in it is the same in all, or is given for that block alone.
 */
final class Repeats {
  /** Two equal blocks are quicker to read than to unfold. */
  private static final int FEWEST = 3;

  private static final String BEFORE = "□";

  /**
   * Equal blocks.
   *
   * @param blocks the names of each one's steps
   * @param own names that are given for one block alone
   * @param formula of a block in terms of the one before, as it is shown
   */
  record Chain(List<List<String>> blocks, Set<String> own, String formula) {
    /** All names within. */
    Set<String> names() {
      Set<String> names = new LinkedHashSet<>(own);
      blocks.forEach(names::addAll);
      return names;
    }

    String first() {
      return blocks.getFirst().getLast();
    }

    String last() {
      return blocks.getLast().getLast();
    }

    int times() {
      return blocks.size();
    }
  }

  private final Trace trace;
  private final List<Forward> steps;
  private final Map<String, Integer> place = new HashMap<>();
  private final Map<String, Set<Integer>> users = new HashMap<>();

  private Repeats(Trace trace) {
    this.trace = trace;
    steps = trace.forward();
    for (int i = 0; i < steps.size(); i++) {
      place.put(steps.get(i).name(), i);
      for (String name : Names.all(steps.get(i).expression())) {
        users.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(i);
      }
    }
  }

  /** The chains of at least three blocks, none of which overlap. */
  static List<Chain> of(Trace trace) {
    Repeats repeats = new Repeats(trace);
    List<Chain> found = new ArrayList<>();
    int at = 0;
    while (at < repeats.steps.size()) {
      Optional<Chain> chain = repeats.longest(at);
      chain.ifPresent(found::add);
      at += chain.map(c -> c.times() * c.blocks().getFirst().size()).orElse(1);
    }
    return found;
  }

  private Optional<Chain> longest(int from) {
    Optional<Chain> best = Optional.empty();
    int most = 0;
    for (int period = 1; period * FEWEST <= steps.size() - from; period++) {
      int times = times(from, period);
      if (times >= FEWEST && times * period > most) {
        most = times * period;
        best = Optional.of(chain(from, period, times));
      }
    }
    return best;
  }

  /** How many equal blocks of so many steps follow each other, without a way out but the last. */
  private int times(int from, int period) {
    int times = 1;
    Optional<List<String>> roles = roles(from, from + period, period);
    Optional<List<String>> next = roles;
    while (next.isPresent() && next.equals(roles)) {
      times++;
      int block = from + (times - 1) * period;
      next =
          block + 2 * period <= steps.size()
              ? roles(block, block + period, period)
              : Optional.empty();
    }
    while (times >= FEWEST && !closed(from, period, times)) {
      times--;
    }
    return times;
  }

  /**
   * What the names in a block are to it, if the next block is equal to it: steps of the same block,
   * of the one before, common to all, or given for one alone.
   */
  private Optional<List<String>> roles(int from, int next, int period) {
    if (next + period > steps.size()) {
      return Optional.empty();
    }
    List<String> roles = new ArrayList<>();
    for (int k = 0; k < period; k++) {
      Forward one = steps.get(from + k);
      Forward other = steps.get(next + k);
      if (!skeleton(one.expression()).equals(skeleton(other.expression()))
          || !one.value().shape().equals(other.value().shape())) {
        return Optional.empty();
      }
      List<String> names = Names.all(one.expression());
      List<String> others = Names.all(other.expression());
      for (int i = 0; i < names.size(); i++) {
        Optional<String> role = role(names.get(i), others.get(i), from, next, period);
        if (role.isEmpty()) {
          return role.map(List::of);
        }
        roles.add(role.get());
      }
    }
    boolean linked = roles.stream().anyMatch(role -> role.startsWith("before"));
    return linked ? Optional.of(roles) : Optional.empty();
  }

  private Optional<String> role(String name, String other, int from, int next, int period) {
    int at = place.getOrDefault(name, -1);
    int otherAt = place.getOrDefault(other, -1);
    if (at >= from && at < next) {
      return otherAt == at + period ? Optional.of("own " + (at - from)) : Optional.empty();
    }
    if (otherAt >= from && otherAt < next) {
      return otherAt == next - 1 ? Optional.of("before") : Optional.empty();
    }
    if (name.equals(other)) {
      return Optional.of("common " + name);
    }
    boolean given =
        isOf(name, from, period)
            && isOf(other, next, period)
            && trace.given().get(name).shape().equals(trace.given().get(other).shape());
    return given ? Optional.of("given") : Optional.empty();
  }

  /** Whether a name is given, and for one block alone. */
  private boolean isOf(String name, int from, int period) {
    return trace.given().containsKey(name)
        && users.get(name).stream().allMatch(at -> at >= from && at < from + period);
  }

  private static String skeleton(Expression expression) {
    Map<String, Expression> letters = new HashMap<>();
    List<String> names = Names.all(expression);
    for (int i = 0; i < names.size(); i++) {
      letters.put(names.get(i), new Name("n" + i, Place.NONE));
    }
    return Printer.text(expression.replace(letters), Notation.ASCII);
  }

  /** Whether only the last block's last step is used outside. */
  private boolean closed(int from, int period, int times) {
    int end = from + times * period;
    for (int i = from; i < end - 1; i++) {
      boolean within =
          users.getOrDefault(steps.get(i).name(), Set.of()).stream()
              .allMatch(at -> at >= from && at < end);
      if (!within) {
        return false;
      }
    }
    return true;
  }

  private Chain chain(int from, int period, int times) {
    List<List<String>> blocks = new ArrayList<>();
    Set<String> own = new LinkedHashSet<>();
    for (int block = 0; block < times; block++) {
      int begin = from + block * period;
      List<String> names = new ArrayList<>();
      for (Forward step : steps.subList(begin, begin + period)) {
        names.add(step.name());
        Names.all(step.expression()).stream()
            .filter(name -> isOf(name, begin, period))
            .filter(name -> !isInput(name, from, period))
            .forEach(own::add);
      }
      blocks.add(names);
    }
    return new Chain(blocks, own, formula(from + period, period));
  }

  /** Whether a given name of the first block is what later ones take from the one before. */
  private boolean isInput(String name, int from, int period) {
    for (int k = 0; k < period; k++) {
      List<String> first = Names.all(steps.get(from + k).expression());
      List<String> second = Names.all(steps.get(from + period + k).expression());
      if (first.contains(name)) {
        int at = place.getOrDefault(second.get(first.indexOf(name)), -1);
        return at >= from && at < from + period;
      }
    }
    return false;
  }

  /** The second block's last step, all in one and with a box for what comes from the first. */
  private String formula(int from, int period) {
    Map<String, Expression> within = new LinkedHashMap<>();
    within.put(steps.get(from - 1).name(), new Name(BEFORE, Place.NONE));
    Expression whole = steps.get(from).expression();
    for (Forward step : steps.subList(from, from + period)) {
      whole = step.expression().replace(within);
      within.put(step.name(), whole);
    }
    return Printer.text(whole, Notation.UNICODE);
  }
}
