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
}
