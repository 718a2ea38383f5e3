package dev.vitrine.notation;

import dev.vitrine.augment.Augmentation;
import dev.vitrine.augment.Augmentation.Elastic;
import dev.vitrine.error.Decimal;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Augmentations as texts, changes with commas between them, each at most once and in any order:
 *
 * <pre>
 *   shift:PIXELS   rotate:DEGREES   scale:SHARE   elastic:PIXELS[:SIGMA]   flip   vflip
 *   crop:PIXELS    noise:DEVIATION
 * </pre>
 */
public final class Augmentations {
  private static final String AUGMENTATION = "The augmentation";
  private static final double SIGMA = 4;

  /**
   * A kind of change.
   *
   * @param form how it is written
   * @param least how many settings it has at least
   * @param most how many at most
   * @param add adds it, of the settings' texts
   */
  private record Kind(
      String form, int least, int most, BiFunction<Augmentation, String[], Augmentation> add) {}

  private static final Map<String, Kind> KINDS = new TreeMap<>();

  static {
    kind("shift:PIXELS", 1, 1, (a, s) -> a.shift(above0(s[0])));
    kind("rotate:DEGREES", 1, 1, (a, s) -> a.rotate(above0(s[0])));
    kind("scale:SHARE", 1, 1, (a, s) -> a.scale(above0(s[0])));
    kind(
        "elastic:PIXELS or elastic:PIXELS:SIGMA",
        1,
        2,
        (a, s) -> a.elastic(new Elastic(above0(s[0]), s.length == 1 ? SIGMA : above0(s[1]))));
    kind("flip", 0, 0, (a, _) -> a.flip(true));
    kind("vflip", 0, 0, (a, _) -> a.verticalFlip(true));
    kind("crop:PIXELS", 1, 1, (a, s) -> a.crop(whole(s[0])));
    kind("noise:DEVIATION", 1, 1, (a, s) -> a.noise(above0(s[0])));
  }

  private static void kind(
      String form, int least, int most, BiFunction<Augmentation, String[], Augmentation> add) {
    KINDS.put(form.replaceFirst(":.*", ""), new Kind(form, least, most, add));
  }

  private Augmentations() {}

  /**
   * {@return the augmentation of a text}
   *
   * @param text such as {@code shift:2,rotate:10}, in any case
   * @throws UserException if it is none
   */
  public static Augmentation parse(String text) {
    Augmentation all = Augmentation.NONE;
    Set<String> seen = new HashSet<>();
    for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] words = part.strip().split(":", -1);
      Kind kind = KINDS.get(words[0]);
      if (kind == null) {
        throw UserException.expecting(
            AUGMENTATION,
            "some of " + String.join(", ", KINDS.keySet()),
            Quote.of(text),
            Nearest.hint(words[0], KINDS.keySet()));
      }
      String[] settings = Arrays.copyOfRange(words, 1, words.length);
      if (settings.length < kind.least || settings.length > kind.most) {
        throw UserException.expecting(AUGMENTATION, kind.form, Quote.of(text));
      }
      if (!seen.add(words[0])) {
        throw UserException.expecting(AUGMENTATION, "each change once", Quote.of(text));
      }
      try {
        all = kind.add.apply(all, settings);
      } catch (NumberFormatException e) {
        throw UserException.expecting(
            AUGMENTATION, "%s in %s".formatted(e.getMessage(), kind.form), Quote.of(text));
      }
    }
    return all;
  }

  /** One that is named is there. */
  private static double above0(String text) {
    double value = Decimal.parse(text);
    if (!(value > 0)) {
      throw new NumberFormatException("a number above 0");
    }
    return value;
  }

  private static int whole(String text) {
    String expected = "a whole number from 1 to 2^31";
    int value;
    try {
      value = Decimal.parseInt(text);
    } catch (NumberFormatException e) {
      NumberFormatException wrong = new NumberFormatException(expected);
      wrong.initCause(e);
      throw wrong;
    }
    if (value < 1) {
      throw new NumberFormatException(expected);
    }
    return value;
  }

  /**
   * {@return the text of an augmentation, which {@link #parse} reads back; empty for none}
   *
   * @param augmentation any
   */
  public static String text(Augmentation augmentation) {
    List<String> parts = new ArrayList<>();
    add(parts, "shift:", augmentation.shift());
    add(parts, "rotate:", augmentation.rotate());
    add(parts, "scale:", augmentation.scale());
    augmentation
        .elastic()
        .ifPresent(e -> {
          String sigma = e.sigma() == SIGMA ? "" : ":" + Decimal.text(e.sigma());
          parts.add("elastic:" + Decimal.text(e.pixels()) + sigma);
        });
    if (augmentation.flip()) {
      parts.add("flip");
    }
    if (augmentation.verticalFlip()) {
      parts.add("vflip");
    }
    add(parts, "crop:", augmentation.crop());
    add(parts, "noise:", augmentation.noise());
    return String.join(",", parts);
  }

  private static void add(List<String> parts, String name, double value) {
    if (value != 0) {
      parts.add(name + Decimal.text(value));
    }
  }
}
