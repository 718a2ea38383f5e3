package dev.vitrine.convert;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.weights.stored.Cast;

/**
 * A network whose numbers are those that another type holds.
 *
 * @param model with the rounded numbers
 * @param difference the largest that rounding made
 */
record Rounded(Model model, double difference) {
  /**
   * Rounds each number once, to the nearest, halves to even; NaN and infinite ones stay.
   *
   * @throws UserException if a finite number is too large for the type, and would be infinite
   */
  static Rounded of(Model model, DType dtype) {
    if (dtype == DType.F32) {
      return new Rounded(model, 0);
    }
    Parameters rounded = model.parameters().copy();
    float[] values = rounded.values();
    double difference = 0;
    for (Layout.Entry entry : rounded.layout().entries()) {
      for (int i = entry.offset(); i < entry.offset() + entry.shape().elements(); i++) {
        float made = Cast.rounded(values[i], dtype);
        if (Float.isInfinite(made) && !Float.isInfinite(values[i])) {
          throw tooLarge(entry, values[i], dtype);
        }
        difference = Math.max(difference, Float.isFinite(made) ? difference(made, values[i]) : 0);
        values[i] = made;
      }
    }
    return new Rounded(
        new Model(model.network(), model.input(), model.specs(), rounded), difference);
  }

  private static double difference(float made, float was) {
    return Math.abs((double) made - was);
  }

  private static UserException tooLarge(Layout.Entry entry, float number, DType dtype) {
    return new UserException(
        "%s has the number %s, but %s ends at %s: write %s, which has the range of f32"
            .formatted(
                Quote.of(entry.name()),
                number,
                dtype,
                dtype == DType.F16 ? "65504" : "3.39e38",
                dtype == DType.F16 ? DType.BF16 : DType.F32));
  }
}
