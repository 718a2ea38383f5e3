package dev.vitrine.vision;

import dev.vitrine.vision.find.Lattice;
import dev.vitrine.vision.find.Lines;
import dev.vitrine.vision.find.Piece;
import dev.vitrine.vision.find.Rejected;
import dev.vitrine.vision.find.Search;
import dev.vitrine.vision.find.Step;
import dev.vitrine.vision.find.TextLine;
import dev.vitrine.vision.find.Words;
import dev.vitrine.vision.model.DigitModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is read if the picture is this way up. */
record Attempt(List<ReadLine> lines, List<Rejected> rejected) {
  /** How much more ink what looks at more must read, and how much less surely at most. */
  private static final double MORE = 1.5;

  private static final double AS_SURE = 0.02;

  /** By how much surer another threshold must make it, and how much of the ink it must keep. */
  private static final double SURER = 0.03;

  private static final double KEPT = 0.7;

  /**
   * Of the share of ink that is read and of how surely, together; the generator's pages have 1.6
   * and more.
   */
  private static final double EVIDENT = 1.2;

  /** The same of ones, which grain, twigs, threads and seams are too. */
  private static final double ONES_EVIDENT = 1.5;

  /** Of what is read: less ink of other digits leaves it a page of ones. */
  private static final double FEW_OTHERS = 0.15;

  /** From so many digits on, half of them ones are a page of ones too. */
  private static final int MANY = 10;

  /** Of the picture's longer side: a single stroke that is lower is a scratch or a fibre. */
  private static final double LOW_ONE = 0.05;

  /** How many heights of a digit a word beside them is high at most; a net or a wall is higher. */
  private static final int HIGHEST_WORD = 3;

  /** What is as sure as that needs no share: two digits on a page of writing. */
  private static final double EVIDENTLY_SURE = 0.95;

  /**
   * Lines of chance, of two digits and more, have 0.87 and less, but for rows of ones, and letters
   * that are like digits; numbers in photographs have more.
   */
  private static final double EVIDENT_LINE = 0.9;

  /** So many digits that are sure, and no ones, make a line evident, whatever the others are. */
  private static final int SEVERAL = 2;

  private static final double MOST = 0.6;

  /** So many pieces that are nearly as high as digits and none are a page of writing, or a wall. */
  private static final int WRITING = 80;

  private static final double HIGH_AS_DIGITS = 0.4;

  static Attempt of(
      List<Piece> pieces, double height, double stroke, DigitModel model, Set<Step> without) {
    Lines lines = Lines.of(pieces, height);
    List<Rejected> rejected = new ArrayList<>(lines.rejected());
    List<ReadLine> read = new ArrayList<>();
    List<Context.Line> found = new ArrayList<>();
    for (TextLine line : lines.lines()) {
      Judged judged = Judged.of(Search.ways(Lattice.of(line, stroke, model, without)), model);
      found.add(new Context.Line(judged, line.height()));
    }
    double letters = found.stream().mapToDouble(Context.Line::letters).sum();
    for (Context.Line line : found) {
      Judged judged = Context.of(line, letters);
      rejected.addAll(judged.rejected());
      judged.line().ifPresent(read::add);
    }
    return new Attempt(Judged.plausible(read, rejected), rejected);
  }

  /** How much ink is read as digits, weighted with how surely, in pixels. */
  double explained() {
    double sum = 0;
    for (ReadLine line : lines) {
      for (ReadDigit digit : line.digits()) {
        sum += digit.probability() * digit.candidate().piece().area();
      }
    }
    return sum;
  }

  /**
   * The same without ones, which say nothing of which way is up: a word, a scribble or grain is one
   * when it stands on its end.
   */
  double explainedBeyondOnes() {
    double sum = 0;
    for (ReadLine line : lines) {
      for (ReadDigit digit : line.digits()) {
        sum += digit.digit() == 1 ? 0 : digit.probability() * digit.candidate().piece().area();
      }
    }
    return sum;
  }

  /** How much ink its digits have, in pixels. */
  private double ink() {
    double ink = 0;
    for (ReadLine line : lines) {
      ink += line.digits().stream().mapToDouble(each -> each.candidate().piece().area()).sum();
    }
    return ink;
  }

  /** How likely its digits are on average, weighted with their ink. */
  double certainty() {
    double ink = ink();
    return ink == 0 ? 0 : explained() / ink;
  }

  /**
   * How much of all ink is read as digits, as {@link #explained} counts it; not of the edge's, and
   * not of words.
   */
  double share() {
    double ink = ink();
    int high = HIGHEST_WORD * height();
    for (Rejected each : rejected) {
      boolean word = each.piece().box().height() <= high && Words.isWord(each.piece());
      ink += word || each.piece().alongEdge() ? 0 : each.piece().area();
    }
    return ink == 0 ? 0 : explained() / ink;
  }

  /**
   * Whether what it reads is more than chance finds: of a picture full of leaves or bricks a few
   * pieces look like digits, none of them surely. Pages leave little ink unread, or are sure of
   * what they read. Ones need more of it: several on each line, or one that is no scratch.
   *
   * @param side the picture's longer one, in pixels
   */
  boolean isEvident(int side) {
    double both = certainty() + share();
    if (isMostlyOnes()) {
      boolean number = count() >= 2 * lines.size();
      boolean stroke = lines.size() == 1 && height() >= LOW_ONE * side;
      return both >= ONES_EVIDENT && (number || stroke);
    }
    return certainty() >= EVIDENTLY_SURE || both >= EVIDENT;
  }

  private int count() {
    return lines.stream().mapToInt(line -> line.digits().size()).sum();
  }

  /** By their ink, or by their number where there are many digits. */
  private boolean isMostlyOnes() {
    long ones =
        lines.stream()
            .flatMap(line -> line.digits().stream())
            .filter(digit -> digit.digit() == 1)
            .count();
    return explainedBeyondOnes() < FEW_OTHERS * explained()
        || (count() >= MANY && 2 * ones > count());
  }

  /**
   * The same without what chance finds: only lines that are evident by themselves stay, such as a
   * number between words in which some letters look like digits, or on a small sheet in a room.
   */
  Attempt withoutChance() {
    List<ReadLine> kept = new ArrayList<>();
    List<Rejected> all = new ArrayList<>(rejected);
    boolean writing = isWriting();
    for (ReadLine line : lines) {
      if (isEvident(line) && !(writing && leastSure(line) < EVIDENT_LINE)) {
        kept.add(line);
        continue;
      }
      for (ReadDigit digit : line.digits()) {
        String reason =
            "it is like a %s, but the picture is full of ink that is no digit, and some of it looks like digits by chance"
                .formatted(digit.digit());
        all.add(new Rejected(digit.candidate().piece(), reason));
      }
    }
    return new Attempt(kept, all);
  }

  /**
   * Several digits, likely together, or two of them sure and most of the others, and not all ones:
   * one shape like a digit is soon found, and grain, twigs and threads are rows of surest ones.
   */
  private static boolean isEvident(ReadLine line) {
    List<ReadDigit> sure =
        line.digits().stream().filter(digit -> digit.probability() >= EVIDENTLY_SURE).toList();
    boolean mostly = sure.size() >= MOST * line.digits().size();
    boolean several = line.digits().size() > 1 && !line.text().matches("1+");
    return (mostly && sure.stream().filter(digit -> digit.digit() != 1).count() >= SEVERAL)
        || (several && new Attempt(List.of(line), List.of()).certainty() >= EVIDENT_LINE);
  }

  private static double leastSure(ReadLine line) {
    return line.digits().stream().mapToDouble(ReadDigit::probability).min().orElse(0);
  }

  /** Whether it is full of what is as high as digits and none: half the letters of a page. */
  private boolean isWriting() {
    double high = HIGH_AS_DIGITS * height();
    return rejected.stream().filter(each -> each.piece().box().height() >= high).count() >= WRITING;
  }

  /** How high the highest digit is, in pixels; 0 if there is none. */
  int height() {
    return lines.stream()
        .flatMap(line -> line.digits().stream())
        .mapToInt(digit -> digit.box().height())
        .max()
        .orElse(0);
  }

  /**
   * Whether it is to be believed rather than one that looks at more of the picture; not for ones
   * there, which stripes and cracks are like.
   */
  boolean isBetterThan(Attempt wider) {
    boolean more = wider.explainedBeyondOnes() > MORE * explainedBeyondOnes();
    return explained() > 0 && !(more && wider.certainty() >= certainty() - AS_SURE);
  }

  /** Whether it is to be believed rather than one after another threshold. */
  boolean isSurerThan(Attempt other) {
    return certainty() >= other.certainty() + SURER && explained() >= KEPT * other.explained();
  }
}
