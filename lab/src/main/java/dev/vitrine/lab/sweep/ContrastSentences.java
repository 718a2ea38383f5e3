package dev.vitrine.lab.sweep;

import dev.vitrine.error.Decimal;
import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.lab.statistics.SignFlip;
import dev.vitrine.report.Numbers;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What follows from comparing arms, in sentences. */
final class ContrastSentences {
  /** So many pairs without a difference are one sentence. */
  private static final int MANY = 3;

  private final Findings findings;
  private final List<Contrast> contrasts;

  ContrastSentences(Findings findings, List<Contrast> contrasts) {
    this.findings = findings;
    this.contrasts = contrasts;
  }

  List<String> all() {
    List<Contrast> same = with(Comparison.Verdict.NO_DIFFERENCE_SHOWN);
    List<String> all = new ArrayList<>();
    for (Contrast each : contrasts) {
      switch (each.comparison().verdict()) {
        case TOO_FEW_SEEDS -> {}
        case NO_DIFFERENCE_SHOWN -> {
          if (same.size() < MANY) {
            all.add(sentence(each));
          }
        }
        case LARGER, SMALLER, IDENTICAL -> all.add(sentence(each));
      }
    }
    if (same.size() >= MANY) {
      all.add(together(same));
    }
    tooFew().ifPresent(all::add);
    Contrast.tooMany(findings).ifPresent(all::add);
    return all;
  }

  private List<Contrast> with(Comparison.Verdict verdict) {
    return contrasts.stream().filter(each -> each.comparison().verdict() == verdict).toList();
  }

  static String verdict(Comparison found) {
    return switch (found.verdict()) {
      case LARGER -> "larger";
      case SMALLER -> "smaller";
      case NO_DIFFERENCE_SHOWN -> "no difference shown";
      case TOO_FEW_SEEDS -> "too few seeds to show one";
      case IDENTICAL -> "identical, bit for bit";
    };
  }

  private String sentence(Contrast each) {
    Comparison found = each.comparison();
    String first = each.first().name();
    String second = each.second().name();
    String what = Contrast.what(findings);
    String facts = "n = %s, %s".formatted(found.differences().size(), p(found));
    double mean = found.differences().mean();
    return switch (found.verdict()) {
      case IDENTICAL -> "%s and %s are identical, bit for bit.".formatted(first, second);
      case LARGER, SMALLER -> {
        boolean better = mean > 0 == findings.byAccuracy();
        yield "%s %s %s by %s in %s (95 %% interval%s; %s)."
            .formatted(
                first,
                better ? "beats" : "loses to",
                second,
                size(found),
                what,
                holdsZero(found) ? ", which holds 0 since the differences are skewed" : "",
                facts);
      }
      case NO_DIFFERENCE_SHOWN ->
          "No difference could be shown between %s and %s in %s: %s (%s; a true difference of %s would have been found four times in five)."
              .formatted(first, second, what, signed(mean), facts, amount(smallest(each)));
      case TOO_FEW_SEEDS -> throw new IllegalArgumentException("no verdict to put in words");
    };
  }

  private String together(List<Contrast> same) {
    DoubleSummaryStatistics smallest =
        same.stream().mapToDouble(ContrastSentences::smallest).summaryStatistics();
    String least = amount(smallest.getMin());
    String most = amount(smallest.getMax());
    return "No difference could be shown in %s between %s; true differences of %s would have been found four times in five."
        .formatted(
            Contrast.what(findings),
            same.stream().map(this::pair).collect(Collectors.joining(", ")),
            least.equals(most) ? most : "%s to %s".formatted(least, most));
  }

  private String pair(Contrast each) {
    Comparison found = each.comparison();
    return "%s and %s (%s, n = %s, %s)"
        .formatted(
            each.first().name(),
            each.second().name(),
            signed(found.differences().mean()),
            found.differences().size(),
            p(found));
  }

  private static String p(Comparison found) {
    return "p = %s%s"
        .formatted(
            Said.p(found.corrected()), found.corrected() == found.p() ? "" : " after correction");
  }

  private static double smallest(Contrast each) {
    return each.comparison().smallest().orElseThrow();
  }

  /** All differences have one sign, or nearly, but a few are far larger than the others. */
  private static boolean holdsZero(Comparison found) {
    return found.interval().low() <= 0 && found.interval().high() >= 0;
  }

  private String size(Comparison found) {
    double mean = Math.abs(found.differences().mean());
    double half = (found.interval().high() - found.interval().low()) / 2;
    return findings.byAccuracy()
        ? String.format(Locale.ROOT, "%.2f ± %.2f points", 100 * mean, 100 * half)
        : "%s ± %s".formatted(Numbers.significant(mean, 3), Numbers.significant(half, 2));
  }

  private String signed(double value) {
    return findings.byAccuracy() ? Said.points(value) + " points" : Numbers.significant(value, 3);
  }

  private String amount(double value) {
    return findings.byAccuracy()
        ? String.format(Locale.ROOT, "%.2f points", 100 * value)
        : Numbers.significant(value, 3);
  }

  private Optional<String> tooFew() {
    return contrasts.stream()
        .filter(each -> each.comparison().verdict() == Comparison.Verdict.TOO_FEW_SEEDS)
        .findFirst()
        .map(each -> {
          int n = each.comparison().differences().size();
          long asked =
              contrasts.stream()
                  .filter(other -> other.comparison().verdict() != Comparison.Verdict.IDENTICAL)
                  .count();
          double level = each.comparison().level() / asked;
          return "No verdict is possible on how arms differ: %s cannot give a p below %s, and it takes %s for %s at the level %s."
              .formatted(
                  Conclusions.count(n, "seed"),
                  Said.p(SignFlip.smallest(n)),
                  Conclusions.count(SignFlip.needed(level), "seed"),
                  Conclusions.count(asked, "comparison"),
                  Decimal.text(each.comparison().level()));
        })
        .or(this::oneSeed);
  }

  /** One training of each arm has no deviation to hold a difference against. */
  private Optional<String> oneSeed() {
    int pairs = Contrast.count(findings);
    if (findings.spec().seeds().size() > 1
        || pairs == 0
        || Contrast.tooMany(findings).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "No verdict is possible on how arms differ: each was trained with one seed, and it takes %s for %s at the level %s."
            .formatted(
                Conclusions.count(SignFlip.needed(Comparison.USUAL_LEVEL / pairs), "seed"),
                Conclusions.count(pairs, "comparison"),
                Decimal.text(Comparison.USUAL_LEVEL)));
  }
}
