package dev.vitrine.transfer;

import java.util.function.UnaryOperator;

/**
 * What others call a network's parameters.
 *
 * @param title who does, in mid-sentence
 * @param name their name for one of ours
 */
record Naming(String title, UnaryOperator<String> name) {
  static final Naming VITRINE = new Naming("Vitrine's names", UnaryOperator.identity());

  /** Most programs name what is in a residual block at once, without a word for its body. */
  static final Naming BODILESS =
      new Naming(
          "Vitrine's names but for residual bodies",
          ours -> ours.replace(".body.", ".").replaceFirst("^body\\.", ""));
}
