package dev.vitrine.settings;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.train.EarlyStop;

/** Early stopping as a text: {@code PATIENCE} or {@code PATIENCE:MIN_DELTA}, such as {@code 5}. */
final class EarlyStops {
  private static final String SETTING = "Early stopping";

  private EarlyStops() {}

  /**
   * The early stopping of a text.
   *
   * @throws UserException if it is none
   */
  static EarlyStop parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length > 2) {
      throw UserException.expecting(SETTING, "EPOCHS or EPOCHS:DELTA", Quote.of(text));
    }
    try {
      return new EarlyStop(
          Decimal.parseInt(parts[0]), parts.length == 1 ? 0 : Decimal.parse(parts[1]));
    } catch (NumberFormatException _) {
      throw UserException.expecting(
          SETTING, "a whole number of epochs, and perhaps :DELTA, a number", Quote.of(text));
    }
  }
}
