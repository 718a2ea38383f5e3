package dev.vitrine.trace;

import dev.vitrine.trace.language.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be said of an answer.
 *
 * @param of what was answered, such as {@code ∂f/∂w2}
 * @param text the answer as it was given
 * @param outcome how it stands to what is right
 * @param right what is right at the point
 * @param given what the answer comes to there
 * @param counterexample a point where a formula is wrong; empty if it is not, or the answer is a
 *     number
 * @param searched whether slips were looked for: where a derivative, a step or a result that the
 *     question names is wrong
 * @param slips the usual ones that lead to the answer
 * @param pairs two of them that lead to it together
 */
public record Verdict(
    String of,
    String text,
    Outcome outcome,
    Tensor right,
    Tensor given,
    Optional<Counterexample> counterexample,
    boolean searched,
    List<String> slips,
    List<List<String>> pairs) {

  /** How an answer stands to what is right. */
  public enum Outcome {
    /** Equal, as far as doubles can tell; a formula at all points that were tried. */
    EQUAL,
    /** Equal to the digits that are given. */
    EQUAL_TO_DIGITS,
    /** The digits of what is right, cut off and not rounded. */
    CUT_OFF,
    /** Something else. */
    UNEQUAL
  }

  /**
   * A point where a formula is wrong.
   *
   * @param at the numbers of the names
   * @param right what is right there
   * @param given what the formula comes to there
   */
  public record Counterexample(Map<String, Tensor> at, Tensor right, Tensor given) {}

  /**
   * {@return what is to be said of an answer to a trace's question}
   *
   * @param trace what was worked out
   * @param answer a number or an expression; what it is the answer to stands before {@code =}, such
   *     as {@code ∂f/∂w2 = 0.18}, {@code w2 = 0.82} after a step of descent or {@code f = 0.5} for
   *     a result, and may be left out if only one derivative is wanted
   * @throws dev.vitrine.error.UserException if it cannot be read, or answers something else
   */
  public static Verdict of(Trace trace, String answer) {
    return Judge.verdict(trace, answer);
  }

  /** {@return whether the answer is right} */
  public boolean isRight() {
    return outcome != Outcome.UNEQUAL;
  }
}
