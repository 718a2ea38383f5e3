package dev.vitrine.trace;

import dev.vitrine.error.UserException;
import dev.vitrine.trace.language.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a trace is asked.
 *
 * @param expression lines of the expression, the last of which is derived
 * @param at the numbers of its names
 * @param wrt the names whose derivatives are wanted; none for all
 * @param loss lines on top of the expression, whose result is {@code f} unless it has a name of its
 *     own; then the last of these is derived
 * @param rate η of one step of gradient descent
 * @param detail how small the steps are
 */
public record Question(
    String expression,
    Map<String, Tensor> at,
    List<String> wrt,
    Optional<String> loss,
    Optional<Double> rate,
    Detail detail) {
  /** Copies what it is given. */
  public Question {
    at = new LinkedHashMap<>(at);
    wrt = List.copyOf(wrt);
    if (rate.isPresent() && !Double.isFinite(rate.get())) {
      throw UserException.expecting("The rate", "a finite number", rate.get().toString());
    }
  }

  /**
   * {@return the question of all derivatives of an expression at a point, in a person's steps}
   *
   * @param expression what is derived
   * @param at the numbers of its names
   */
  public static Question of(String expression, Map<String, Tensor> at) {
    return new Question(expression, at, List.of(), Optional.empty(), Optional.empty(), Detail.MAIN);
  }

  /**
   * {@return the same about fewer names}
   *
   * @param names whose derivatives are wanted
   */
  public Question wrt(String... names) {
    return new Question(expression, at, List.of(names), loss, rate, detail);
  }

  /**
   * {@return the same of a loss on top}
   *
   * @param lines the loss, in terms of the expression's result
   */
  public Question loss(String lines) {
    return new Question(expression, at, wrt, Optional.of(lines), rate, detail);
  }

  /**
   * {@return the same with a step of gradient descent}
   *
   * @param eta how far it goes
   */
  public Question rate(double eta) {
    return new Question(expression, at, wrt, loss, Optional.of(eta), detail);
  }

  /**
   * {@return the same in other steps}
   *
   * @param other how small
   */
  public Question detail(Detail other) {
    return new Question(expression, at, wrt, loss, rate, other);
  }
}
