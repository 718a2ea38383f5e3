package dev.vitrine.vision.page;

import dev.vitrine.image.Polarity;
import dev.vitrine.image.Raster;
import dev.vitrine.vision.Reading;
import dev.vitrine.vision.photo.Contrast;
import dev.vitrine.vision.photo.LooseSheet;
import dev.vitrine.vision.photo.Mask;
import dev.vitrine.vision.photo.Rules;
import java.util.List;
import java.util.Objects;

/** What the steps of finding ink make of a photograph, as pictures. */
public final class ReadingSteps {
  private static final int WHITE = 255;

  private ReadingSteps() {}

  /**
   * One step.
   *
   * @param name what it did
   * @param picture what came of it, as large as {@link Reading#seen}: ink is dark
   */
  public record Shown(String name, Raster picture) {
    /** Refuses {@code null}. */
    public Shown {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(picture, "picture");
    }
  }

  /**
   * {@return the steps: the contrast with the paper, the ink, and the ink without rules} They are
   * computed here once more, from the picture that was looked at, as it was turned.
   *
   * @param reading what is shown
   */
  public static List<Shown> of(Reading reading) {
    Raster seen =
        reading.onSheet()
            ? LooseSheet.in(reading.seen())
                .map(sheet -> sheet.alone(reading.seen()))
                .orElse(reading.seen())
            : reading.seen();
    Contrast contrast =
        reading
            .threshold()
            .contrast(reading.polarity() == Polarity.LIGHT_ON_DARK ? seen.inverted() : seen);
    float[] values = contrast.plane().values();
    float most = 0;
    for (float value : values) {
      most = Math.max(most, value);
    }
    Raster flat = Raster.black(seen.width(), seen.height(), 1);
    for (int i = 0; i < values.length; i++) {
      float share = most > 0 ? Math.clamp(values[i] / most, 0f, 1f) : 0;
      flat.set(i % seen.width(), i / seen.width(), 0, Math.round(WHITE * (1 - share)));
    }
    Mask ink = reading.threshold().of(contrast);
    Raster thresholded = drawn(ink);
    Rules rules = Rules.of(ink);
    int lines = rules.lines().size();
    return List.of(
        new Shown("contrast with the paper, in " + String.join(", ", contrast.channels()), flat),
        new Shown(
            "what is taken for ink, by a threshold of " + reading.threshold().words(), thresholded),
        new Shown(
            lines == 0
                ? "no rules to take away"
                : "%s %s taken away".formatted(lines, lines == 1 ? "rule" : "rules"),
            drawn(rules.mask())));
  }

  private static Raster drawn(Mask mask) {
    Raster picture = Raster.black(mask.width(), mask.height(), 1);
    for (int i = 0; i < mask.set().length; i++) {
      picture.set(i % mask.width(), i / mask.width(), 0, mask.set()[i] ? 0 : WHITE);
    }
    return picture;
  }
}
