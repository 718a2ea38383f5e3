package dev.vitrine.trace;

import dev.vitrine.trace.language.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person's own derivation, gone through line by line until something is wrong.
 *
 * @param right what is right, in order
 * @param fault the first thing that is wrong; empty if nothing is
 */
public record Review(List<Part> right, Optional<Fault> fault) {
  /**
   * One side of an equation.
   *
   * @param line its line in the text, from 1
   * @param left what it is about, such as {@code ∂f/∂w2}
   * @param text what it is said to be
   */
  public record Part(int line, String left, String text) {}

  /**
   * What is wrong.
   *
   * @param part where
   * @param right what it should come to
   * @param given what it comes to
   * @param at the point: the given one, or where a formula is wrong that happens to be right there
   * @param slips the usual ones that lead to it
   * @param pairs two of them that lead to it together
   */
  public record Fault(
      Part part,
      Tensor right,
      Tensor given,
      Map<String, Tensor> at,
      List<String> slips,
      List<List<String>> pairs) {}

  /**
   * {@return what is to be said of a derivation}
   *
   * @param trace what was worked out; all its names may stand in the derivation
   * @param text lines such as {@code ∂L/∂f = 2(f − y) = -9}; one that begins with {@code =} goes on
   *     with the left side before; {@code #} begins a remark
   * @throws dev.vitrine.error.UserException if a line cannot be read, with its number and column
   */
  public static Review of(Trace trace, String text) {
    return new Reviewer(trace).review(text);
  }
}
