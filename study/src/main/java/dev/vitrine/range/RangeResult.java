package dev.vitrine.range;

import dev.vitrine.error.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a range test showed.
 *
 * @param range the rates that were to be tried
 * @param points the steps that were done, of rising rates
 * @param broken whether it ended before the last rate, as the loss became many times the lowest or
 *     no number
 * @param suggestion the rate at which the loss fell fastest, to two digits, if it fell
 * @param reason why it is suggested, or nothing is: a sentence
 */
public record RangeResult(
    RateRange range,
    List<RatePoint> points,
    boolean broken,
    OptionalDouble suggestion,
    String reason) {
  /** A fall of less than this share of the first loss may be noise. */
  private static final double LEAST_FALL = 0.05;

  /** Steps on either side, of as many in all, that a loss is averaged with. */
  private static final int WINDOWS = 25;

  private static final MathContext DIGITS = new MathContext(2);

  /** Copies the list. */
  public RangeResult {
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(suggestion, "suggestion");
    Objects.requireNonNull(reason, "reason");
    points = List.copyOf(points);
  }

  /** The result of the losses of the first steps. */
  static RangeResult of(RateRange range, List<Double> losses, boolean broken) {
    int half = Math.max(2, range.steps() / WINDOWS);
    List<RatePoint> points = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      double rate = range.from() * StrictMath.pow(range.growth(), i);
      points.add(new RatePoint(rate, losses.get(i), mean(losses, i, half)));
    }
    return judged(range, points, half, broken);
  }

  /** As many on both sides, so that a fall stays where it is. */
  private static double mean(List<Double> losses, int at, int most) {
    int half = Math.min(most, Math.min(at, losses.size() - 1 - at));
    return losses.subList(at - half, at + half + 1).stream()
        .mapToDouble(l -> l)
        .average()
        .orElse(0);
  }

  private static RangeResult judged(
      RateRange range, List<RatePoint> points, int half, boolean broken) {
    if (points.size() <= 3 * half) {
      return new RangeResult(range, points, broken, OptionalDouble.empty(), nothing(range));
    }
    int lowest = half;
    for (int i = half; i < points.size() - (broken ? 0 : half); i++) {
      lowest = points.get(i).smoothed() < points.get(lowest).smoothed() ? i : lowest;
    }
    double start = points.get(half).smoothed();
    if (!(points.get(lowest).smoothed() < (1 - LEAST_FALL) * start)) {
      return new RangeResult(range, points, broken, OptionalDouble.empty(), nothing(range));
    }
    int steepest = half;
    for (int i = half; i <= lowest; i++) {
      steepest = fall(points, i, half) > fall(points, steepest, half) ? i : steepest;
    }
    double rate = rounded(points.get(steepest).rate());
    return new RangeResult(
        range, points, broken, OptionalDouble.of(rate), reason(rate, points, lowest, half, broken));
  }

  private static double fall(List<RatePoint> points, int at, int half) {
    int to = Math.min(at + half, points.size() - 1);
    return points.get(at - half).smoothed() - points.get(to).smoothed();
  }

  private static String nothing(RateRange range) {
    return "No rate from %s to %s made the loss fall: try other rates, or another start of the weights"
        .formatted(Decimal.text(range.from()), Decimal.text(range.to()));
  }

  private static String reason(
      double rate, List<RatePoint> points, int lowest, int half, boolean broken) {
    String start = "At %s the loss falls fastest".formatted(Decimal.text(rate));
    if (!broken && lowest >= points.size() - 1 - 2 * half) {
      return start + "; it still falls at the largest rate, so try a range with larger ones";
    }
    String least =
        "; it is lowest at %s".formatted(Decimal.text(rounded(points.get(lowest).rate())));
    return broken
        ? "%s, and the training breaks at %s"
            .formatted(start + least, Decimal.text(rounded(points.getLast().rate())))
        : start + least + ", and rises from there";
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  /**
   * {@return some of the points, evenly spread, the first and the last among them}
   *
   * @param most how many, 2 or more
   */
  public List<RatePoint> spread(int most) {
    int count = Math.min(most, points.size());
    return IntStream.range(0, count)
        .mapToObj(i -> points.get((int) ((long) i * (points.size() - 1) / Math.max(1, count - 1))))
        .toList();
  }

  /** {@return the fields with the stable names of {@code --json}} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("suggested_rate", suggestion.isPresent() ? suggestion.getAsDouble() : null);
    json.put("reason", reason);
    json.put("broken", broken);
    json.put("points", points);
    return json;
  }
}
