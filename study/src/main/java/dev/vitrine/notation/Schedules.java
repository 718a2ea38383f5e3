package dev.vitrine.notation;

import static java.util.stream.Collectors.joining;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.optim.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Learning-rate schedules as texts; steps are counted in batches:
 *
 * <pre>
 *   constant   step:GAMMA:EVERY   multistep:GAMMA:AT:AT…   exponential:GAMMA   inverse:GAMMA:POWER
 *   cosine:STEPS[:LEAST]   onecycle:STEPS[:RISE]   warmup:STEPS
 *   plateau:FACTOR:PATIENCE[:LEAST]   counts validations: that many without a lower loss
 *   A*B…              the product of several, such as warmup:500*cosine:10000
 *   A&#64;STEPS,B   one for so many steps, then another from its own first step
 * </pre>
 */
public final class Schedules {
  private static final String SCHEDULE = "The schedule";
  private static final double LEAST = 0;
  private static final double RISE = 0.3;

  /**
   * A kind of schedule.
   *
   * @param form how it is written
   * @param least how many settings it has at least
   * @param most how many at most
   * @param make makes one of the settings' texts
   */
  private record Kind(String form, int least, int most, Function<String[], Schedule> make) {}

  private static final Map<String, Kind> KINDS = new TreeMap<>();

  static {
    kind("constant", 0, 0, _ -> new Schedule.Constant());
    kind("step:GAMMA:EVERY", 2, 2, s -> new Schedule.Step(real(s[0]), whole(s[1])));
    kind(
        "multistep:GAMMA:AT:AT…",
        2,
        Integer.MAX_VALUE,
        s ->
            new Schedule.MultiStep(
                real(s[0]), Arrays.stream(s).skip(1).map(Schedules::whole).toList()));
    kind("exponential:GAMMA", 1, 1, s -> new Schedule.Exponential(real(s[0])));
    kind("inverse:GAMMA:POWER", 2, 2, s -> new Schedule.InverseDecay(real(s[0]), real(s[1])));
    kind(
        "cosine:STEPS or cosine:STEPS:LEAST",
        1,
        2,
        s -> new Schedule.Cosine(whole(s[0]), s.length == 1 ? LEAST : real(s[1])));
    kind(
        "onecycle:STEPS or onecycle:STEPS:RISE",
        1,
        2,
        s -> new Schedule.OneCycle(whole(s[0]), s.length == 1 ? RISE : real(s[1])));
    kind(
        "plateau:FACTOR:PATIENCE or plateau:FACTOR:PATIENCE:LEAST",
        2,
        3,
        s -> new Schedule.Plateau(real(s[0]), count(s[1]), s.length == 2 ? LEAST : real(s[2])));
    kind("warmup:STEPS", 1, 1, s -> new Schedule.WarmUp(whole(s[0])));
  }

  private static void kind(String form, int least, int most, Function<String[], Schedule> make) {
    KINDS.put(form.replaceFirst(":.*", ""), new Kind(form, least, most, make));
  }

  private Schedules() {}

  /**
   * {@return the schedule of a text}
   *
   * @param text such as {@code exponential:0.9996}, in any case
   * @throws UserException if it is none
   */
  public static Schedule parse(String text) {
    try {
      return sequence(text.toLowerCase(Locale.ROOT));
    } catch (NumberFormatException e) {
      throw UserException.expecting(SCHEDULE, e.getMessage(), Quote.of(text));
    }
  }

  private static Schedule sequence(String text) {
    int comma = text.indexOf(',');
    String first = comma < 0 ? text : text.substring(0, comma);
    int length = first.indexOf('@');
    if (comma < 0 != length < 0) {
      throw new NumberFormatException(
          "A@STEPS,B for one after another, such as constant@100,cosine:900");
    }
    return comma < 0
        ? product(text)
        : new Schedule.Then(
            product(first.substring(0, length)),
            whole(first.substring(length + 1), "the @"),
            sequence(text.substring(comma + 1)));
  }

  private static Schedule product(String text) {
    List<Schedule> parts = Arrays.stream(text.split("\\*", -1)).map(Schedules::single).toList();
    return parts.size() == 1 ? parts.getFirst() : new Schedule.Product(parts);
  }

  private static Schedule single(String text) {
    String[] parts = text.split(":", -1);
    Kind kind = KINDS.get(parts[0]);
    if (kind == null) {
      throw UserException.expecting(
          SCHEDULE,
          "one of " + String.join(", ", KINDS.keySet()),
          Quote.of(text),
          Nearest.hint(parts[0], KINDS.keySet()));
    }
    String[] settings = Arrays.copyOfRange(parts, 1, parts.length);
    if (settings.length < kind.least || settings.length > kind.most) {
      throw UserException.expecting(SCHEDULE, kind.form, Quote.of(text));
    }
    return kind.make.apply(settings);
  }

  private static double real(String text) {
    try {
      return Decimal.parse(text);
    } catch (NumberFormatException e) {
      throw behind(e.getMessage(), "a colon", e);
    }
  }

  private static long whole(String text) {
    return whole(text, "a colon");
  }

  private static int count(String text) {
    try {
      return Decimal.parseInt(text);
    } catch (NumberFormatException e) {
      throw behind("a whole number below 2^31", "a colon", e);
    }
  }

  private static long whole(String text, String sign) {
    try {
      return Decimal.parseLong(text);
    } catch (NumberFormatException e) {
      throw behind("a whole number below 2^63", sign, e);
    }
  }

  private static NumberFormatException behind(
      String expected, String sign, NumberFormatException cause) {
    var wrong = new NumberFormatException("%s after %s".formatted(expected, sign));
    wrong.initCause(cause);
    return wrong;
  }

  /**
   * {@return the text of a schedule, which {@link #parse} reads back}
   *
   * @param schedule of any kind
   * @throws UserException if it has one after another within a product, for which there is no text
   */
  public static String text(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Constant _ -> "constant";
      case Schedule.Step s -> "step:%s:%s".formatted(Decimal.text(s.gamma()), s.every());
      case Schedule.MultiStep s ->
          s.at().stream()
              .map(at -> Long.toString(at))
              .collect(joining(":", "multistep:%s:".formatted(Decimal.text(s.gamma())), ""));
      case Schedule.Exponential e -> "exponential:" + Decimal.text(e.gamma());
      case Schedule.InverseDecay d ->
          "inverse:%s:%s".formatted(Decimal.text(d.gamma()), Decimal.text(d.power()));
      case Schedule.Cosine c ->
          "cosine:" + c.steps() + (c.least() == LEAST ? "" : ":" + Decimal.text(c.least()));
      case Schedule.OneCycle c ->
          "onecycle:" + c.steps() + (c.rise() == RISE ? "" : ":" + Decimal.text(c.rise()));
      case Schedule.Plateau p ->
          "plateau:%s:%s%s"
              .formatted(
                  Decimal.text(p.factor()),
                  p.patience(),
                  p.least() == LEAST ? "" : ":" + Decimal.text(p.least()));
      case Schedule.WarmUp w -> "warmup:" + w.steps();
      case Schedule.Product p -> p.parts().stream().map(Schedules::plain).collect(joining("*"));
      case Schedule.Then t -> "%s@%s,%s".formatted(plain(t.first()), t.steps(), text(t.next()));
    };
  }

  /** The text of one that is not itself one after another. */
  private static String plain(Schedule schedule) {
    if (schedule instanceof Schedule.Then) {
      throw UserException.expecting(
          SCHEDULE, "one after another only as a whole, or last", "one within another");
    }
    return text(schedule);
  }
}
