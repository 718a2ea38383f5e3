package dev.vitrine.data;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Polarity;
import java.util.Objects;
import java.util.Optional;

/**
 * Of what {@link Polarity} the pictures of a data set are, as shares of those looked at.
 *
 * @param lightOnDark the share that is light on dark, 0 to 1
 * @param darkOnLight the share that is dark on light; the rest is unclear
 */
public record Polarities(double lightOnDark, double darkOnLight) {
  private static final int LOOKED_AT = 1000;
  private static final double MOST = 0.6;
  private static final double HARDLY_ANY = 0.01;

  /** What shares of a thousand may come to, rounded. */
  private static final double WHOLE = 1 + 1e-9;

  /**
   * Checks that they are shares of the same pictures.
   *
   * @throws UserException if one is not in [0, 1], or both together are more than 1
   */
  public Polarities {
    requireShare("light on dark", lightOnDark);
    requireShare("dark on light", darkOnLight);
    if (lightOnDark + darkOnLight > WHOLE) {
      throw new UserException(
          "The shares of pictures light on dark and dark on light expect to be at most 1 together, but got %s and %s"
              .formatted(Decimal.text(lightOnDark), Decimal.text(darkOnLight)));
    }
  }

  private static void requireShare(String which, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw UserException.expecting(
          "The share of pictures " + which, "a number from 0 to 1", Decimal.text(share));
    }
  }

  /**
   * Looks at 1,000 pictures of a data set, or all if there are fewer: those at equal distances,
   * from the first on.
   *
   * @param data of any size
   * @return the shares; nothing if the examples are no pictures
   */
  public static Optional<Polarities> of(Dataset data) {
    Objects.requireNonNull(data, "data");
    if (!data.hasPictures()) {
      return Optional.empty();
    }
    int count = Math.min(LOOKED_AT, data.size());
    int light = 0;
    int dark = 0;
    for (int i = 0; i < count; i++) {
      int example = Math.toIntExact((long) i * data.size() / count);
      switch (Polarity.of(data.picture(example))) {
        case LIGHT_ON_DARK -> light++;
        case DARK_ON_LIGHT -> dark++;
        case UNCLEAR -> {}
      }
    }
    return Optional.of(new Polarities((double) light / count, (double) dark / count));
  }

  /**
   * What nearly all of them are of which it can be said: the polarity of 60 % or more, where the
   * opposite is that of 1 % at most; otherwise unclear.
   *
   * @return the polarity
   */
  public Polarity usual() {
    if (lightOnDark >= MOST && darkOnLight <= HARDLY_ANY) {
      return Polarity.LIGHT_ON_DARK;
    }
    return darkOnLight >= MOST && lightOnDark <= HARDLY_ANY
        ? Polarity.DARK_ON_LIGHT
        : Polarity.UNCLEAR;
  }
}
