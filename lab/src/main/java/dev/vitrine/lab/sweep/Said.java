package dev.vitrine.lab.sweep;

import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Numbers of several seeds as people read them. */
final class Said {
  private Said() {}

  /** Such as {@code a, b and c}. */
  static String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** Such as {@code 97.92 ± 0.05}: mean and deviation of shares, in per cent. */
  static String percent(Optional<Sample> shares) {
    return shares
        .map(sample ->
            spread(
                String.format(Locale.ROOT, "%.2f", 100 * sample.mean()).replace('-', '−'),
                String.format(Locale.ROOT, "%.2f", 100 * sample.deviation()),
                sample))
        .orElse("–");
  }

  /** What is not read right, as {@link #percent}. */
  static String error(Optional<Sample> accuracies) {
    return percent(
        accuracies.map(
            sample -> new Sample(sample.values().stream().map(accuracy -> 1 - accuracy).toList())));
  }

  /** Such as {@code 0.0812 ± 0.0021}. */
  static String number(Optional<Sample> values) {
    return values
        .map(sample ->
            spread(
                Numbers.significant(sample.mean(), 3),
                Numbers.significant(sample.deviation(), 2),
                sample))
        .orElse("–");
  }

  private static String spread(String mean, String deviation, Sample sample) {
    if (!sample.isFinite()) {
      return Numbers.significant(sample.mean(), 3);
    }
    return sample.size() == 1 ? mean : "%s ± %s".formatted(mean, deviation);
  }

  /** Such as {@code 7.3 ± 0.6}. */
  static String epochs(Sample epochs) {
    return spread(
        String.format(Locale.ROOT, "%.1f", epochs.mean()),
        String.format(Locale.ROOT, "%.1f", epochs.deviation()),
        epochs);
  }

  /** A p value: {@code 0.03}, {@code 0.0004}. */
  static String p(double p) {
    return p == 1 ? "1" : Numbers.significant(p, 3);
  }

  /** A difference of shares in points: {@code +0.14}. */
  static String points(double share) {
    return String.format(Locale.ROOT, "%+.2f", 100 * share).replace('-', '−');
  }
}
