package dev.vitrine.vision;

import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Candidate;
import dev.vitrine.vision.find.Rejected;
import dev.vitrine.vision.find.Search;
import dev.vitrine.vision.model.DigitModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from the best ways through a line: its digits, each with a second, closer look, and
 * how sure they are.
 *
 * @param line the digits; empty if there is none
 * @param rejected what is left out
 */
record Judged(Optional<ReadLine> line, List<Rejected> rejected) {
  /** Lines of a lower mean are none if others are better, or if they are lower still. */
  private static final double WEAK = 0.45;

  private static final double WORTHLESS = 0.2;
  private static final double GOOD = 0.7;

  /** Lines of so much less contrast than the darkest may be folds and the edges of shadows. */
  private static final double FAINT = 0.4;

  private static final double SURE_OF_ALL = 0.9;

  /** What all ways and looks together take for no digit as likely as that is left out. */
  private static final double NO_DIGIT = 0.75;

  /** So many digits that are as sure as that make a short faint line pencil. */
  private static final int SEVERAL = 2;

  private static final double SURE = 0.95;
  private static final double SAME_PLACE = 0.6;

  static Judged of(List<Search.Way> ways, DigitModel model) {
    double[] shares = shares(ways);
    List<Rejected> rejected = new ArrayList<>();
    List<ReadDigit> digits = new ArrayList<>();
    for (Search.Step step : ways.getFirst().steps()) {
      if (!step.digit()) {
        rejected.add(new Rejected(step.candidate().piece(), none(step.candidate())));
        continue;
      }
      if (Signs.isSign(step, ways.getFirst().steps(), model)) {
        String reason =
            "it is like a %s, but with the dot below it no digit"
                .formatted(step.candidate().best());
        rejected.add(new Rejected(step.candidate().piece(), reason));
        continue;
      }
      ReadDigit digit = read(step, ways, shares, model);
      if (digit.probabilities()[DigitModel.NONE] >= NO_DIGIT) {
        rejected.add(new Rejected(step.candidate().piece(), none(digit.candidate())));
      } else {
        digits.add(digit);
      }
    }
    if (digits.isEmpty()) {
      return new Judged(Optional.empty(), rejected);
    }
    ReadLine line = new ReadLine(digits, List.of());
    return new Judged(
        Optional.of(new ReadLine(digits, others(line.text(), ways, shares))), rejected);
  }

  /**
   * A digit of the best way with what all ways say of its place: those that read it there too what
   * several looks say of its ink, those that read another digit there what is said of theirs.
   */
  private static ReadDigit read(
      Search.Step step, List<Search.Way> ways, double[] shares, DigitModel model) {
    Candidate own = looked(step.candidate(), model);
    double[] sums = new double[DigitModel.CLASSES];
    for (int i = 0; i < shares.length; i++) {
      List<Search.Step> here = ways.get(i).steps().stream().filter(o -> isSame(o, step)).toList();
      List<Search.Step> read = here.stream().filter(Search.Step::digit).toList();
      if (read.isEmpty()) {
        sums[here.isEmpty() ? DigitModel.SEVERAL : DigitModel.NONE] += shares[i];
        continue;
      }
      boolean agrees = read.stream().anyMatch(o -> o.candidate().best() == step.candidate().best());
      float[] says = (agrees ? own : looked(read.getFirst().candidate(), model)).probabilities();
      for (int c = 0; c < sums.length; c++) {
        sums[c] += shares[i] * says[c];
      }
    }
    float[] probabilities = new float[sums.length];
    for (int c = 0; c < sums.length; c++) {
      probabilities[c] = (float) sums[c];
    }
    return new ReadDigit(own.piece().box(), own, probabilities);
  }

  /** Why it is none, with the two digits that it is most like. */
  private static String none(Candidate candidate) {
    float[] all = candidate.probabilities();
    return String.format(
        Locale.ROOT,
        "%s (no digit %.0f %%, %s %.0f %%, %s %.0f %%)",
        all[DigitModel.NONE] + all[DigitModel.SEVERAL] >= all[candidate.best()]
            ? "the network takes it for no digit"
            : "its size and place are no digit's",
        100 * (all[DigitModel.NONE] + all[DigitModel.SEVERAL]),
        candidate.best(),
        100 * all[candidate.best()],
        candidate.second(),
        100 * all[candidate.second()]);
  }

  /** How likely each way is, of those that were kept. */
  private static double[] shares(List<Search.Way> ways) {
    double most = ways.getFirst().score();
    double sum = 0;
    double[] shares = new double[ways.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.exp(ways.get(i).score() - most);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /** Other texts: ways that differ in crumbs of ink alone say the same, and count together. */
  private static List<ReadLine.Alternative> others(
      String text, List<Search.Way> ways, double[] shares) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i++) {
      sums.merge(ways.get(i).text(), shares[i], Double::sum);
    }
    sums.remove(text);
    return sums.entrySet().stream()
        .map(each -> new ReadLine.Alternative(each.getKey(), each.getValue()))
        .sorted(Comparator.comparingDouble(ReadLine.Alternative::probability).reversed())
        .toList();
  }

  /** Whether another step is in nearly the same place. */
  private static boolean isSame(Search.Step other, Search.Step step) {
    Box box = step.candidate().piece().box();
    Box there = other.candidate().piece().box();
    return box.commonColumns(there) >= SAME_PLACE * Math.max(box.width(), there.width());
  }

  /** The same candidate with what the model says of several looks of it, on average. */
  private static Candidate looked(Candidate candidate, DigitModel model) {
    float[][] seen =
        model.probabilities(MnistCut.looks(candidate.piece().ink()).toArray(float[][]::new));
    float[] mean = new float[DigitModel.CLASSES];
    for (float[] each : seen) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += each[i] / seen.length;
      }
    }
    return new Candidate(
        candidate.from(),
        candidate.to(),
        candidate.piece(),
        candidate.cut(),
        mean,
        candidate.fit());
  }

  /** The lines that are worth reading; the others are rejected. */
  static List<ReadLine> plausible(List<ReadLine> lines, List<Rejected> rejected) {
    boolean better = lines.stream().anyMatch(line -> mean(line) >= GOOD);
    double darkest = lines.stream().mapToDouble(Judged::contrast).max().orElse(0);
    List<ReadLine> kept = new ArrayList<>();
    for (ReadLine line : lines) {
      boolean shadow = contrast(line) < FAINT * darkest && !isPencil(line);
      boolean stroke = contrast(line) < FAINT * darkest && line.text().matches("[17]+");
      if (shadow || stroke || mean(line) < (better ? WEAK : WORTHLESS)) {
        line.digits()
            .forEach(digit ->
                rejected.add(
                    new Rejected(
                        digit.candidate().piece(), "its line has no digit that is likely")));
      } else {
        kept.add(line);
      }
    }
    return kept;
  }

  private static double contrast(ReadLine line) {
    return line.digits().stream()
        .mapToDouble(digit -> digit.candidate().piece().contrast())
        .average()
        .orElse(0);
  }

  /**
   * Whether a faint line is pencil, and no fold: of three digits that are good together one, or two
   * of any, are sure and no mere strokes.
   */
  private static boolean isPencil(ReadLine line) {
    long sure =
        line.digits().stream()
            .filter(digit -> digit.digit() != 1 && digit.digit() != 7)
            .filter(digit -> digit.probability() >= SURE)
            .count();
    boolean number = line.digits().size() > 2 && mean(line) >= GOOD;
    return mean(line) >= SURE_OF_ALL || sure >= (number ? 1 : SEVERAL);
  }

  private static double mean(ReadLine line) {
    return line.digits().stream().mapToDouble(ReadDigit::probability).average().orElse(0);
  }
}
