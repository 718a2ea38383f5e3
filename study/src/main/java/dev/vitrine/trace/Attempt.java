package dev.vitrine.trace;

import dev.vitrine.error.UserException;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A calculation of one number, right or with slips in it: lines, how gradients are handed back,
 * what is left out, and what is done with the gradient at the end.
 *
 * @param lines what is calculated
 * @param workings what other attempts at the same have worked out already
 * @param rule how a step hands its gradient back
 * @param cut where only one of several parts is counted
 * @param finish what becomes of the gradient
 * @param direction of the step of descent: −1 goes down
 * @param end what becomes of the result
 */
record Attempt(
    Lines lines,
    Workings workings,
    Rule rule,
    Optional<Cut> cut,
    UnaryOperator<Tensor> finish,
    double direction,
    UnaryOperator<Tensor> end) {
  /**
   * A name that gets only one part of its gradient.
   *
   * @param name a given name; empty if it is a step
   * @param at where the step stands
   * @param kept the part that is counted
   */
  record Cut(String name, Place at, int kept) {}

  static Attempt right(Lines lines) {
    Workings workings = new Workings();
    return new Attempt(
        lines,
        workings,
        workings,
        Optional.empty(),
        UnaryOperator.identity(),
        -1,
        UnaryOperator.identity());
  }

  Attempt with(Lines other) {
    return new Attempt(other, workings, rule, cut, finish, direction, end);
  }

  Attempt with(Rule other) {
    return new Attempt(lines, workings, other, cut, finish, direction, end);
  }

  Attempt with(Cut other) {
    return new Attempt(lines, workings, rule, Optional.of(other), finish, direction, end);
  }

  /** The same with the gradient changed once more. */
  Attempt finishing(UnaryOperator<Tensor> more) {
    return new Attempt(
        lines, workings, rule, cut, g -> more.apply(finish.apply(g)), direction, end);
  }

  Attempt ascending() {
    return new Attempt(lines, workings, rule, cut, finish, -direction, end);
  }

  /** The same with the result changed once more. */
  Attempt ending(UnaryOperator<Tensor> more) {
    return new Attempt(
        lines, workings, rule, cut, finish, direction, v -> more.apply(end.apply(v)));
  }

  /** The gradient by a name, or the number after a step; empty if it cannot be calculated so. */
  Optional<Tensor> result(String by, Map<String, Tensor> at, Optional<Double> rate) {
    return gradient(by, at).flatMap(gradient -> ended(gradient, at.get(by), rate));
  }

  /** What a line comes to on the way forward; empty if it cannot be calculated so. */
  Optional<Tensor> value(String of, Map<String, Tensor> at) {
    try {
      return workings
          .of(lines, at)
          .flatMap(laid -> Optional.ofNullable(laid.numbers(at).get(of)))
          .map(end)
          .filter(Attempt::finite);
    } catch (UserException impossible) {
      return Optional.empty(); // as below
    }
  }

  /** The gradient before anything is done with it. */
  Optional<Tensor> gradient(String by, Map<String, Tensor> at) {
    try {
      return workings.of(lines, at).flatMap(laid -> gradient(by, laid, laid.numbers(at)));
    } catch (UserException impossible) {
      // Shapes need not fit any more: then nobody made this slip.
      return Optional.empty();
    }
  }

  /**
   * The result from that gradient.
   *
   * @param own the number that is derived by
   */
  Optional<Tensor> ended(Tensor gradient, Tensor own, Optional<Double> rate) {
    try {
      Tensor finished = finish.apply(gradient);
      Tensor value =
          rate.map(eta -> Flow.sum(own, finished.map(g -> direction * eta * g))).orElse(finished);
      return Optional.of(end.apply(value)).filter(Attempt::finite);
    } catch (UserException impossible) {
      return Optional.empty(); // as above
    }
  }

  private static boolean finite(Tensor value) {
    for (int i = 0; i < value.size(); i++) {
      if (!Double.isFinite(value.at(i))) {
        return false;
      }
    }
    return true;
  }

  private Optional<Tensor> gradient(String by, Workings.Laid laid, Map<String, Tensor> numbers) {
    Layout layout = laid.layout();
    Tensor own = layout.given().get(by);
    if (own == null) {
      return Optional.empty();
    }
    List<String> wanted = List.of(by);
    Flow flow = laid.flow(by, workings, rule);
    if (!flow.order(wanted).contains(by)) {
      return Optional.of(own.map(_ -> 0));
    }
    String name = cut.map(c -> cutName(c, layout.steps())).orElse("");
    int kept = cut.map(Cut::kept).orElse(0);
    boolean possible = name.isEmpty() || flow.parts(name).size() > kept;
    return Optional.ofNullable(flow.gradients(numbers, wanted, possible ? name : "", kept).get(by));
  }

  private static String cutName(Cut cut, List<Step> steps) {
    return cut.name().isEmpty()
        ? steps.stream()
            .filter(step -> step.expression().at().equals(cut.at()))
            .map(Step::name)
            .findFirst()
            .orElse("")
        : cut.name();
  }
}
