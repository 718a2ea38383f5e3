package dev.vitrine.vision;

import dev.vitrine.vision.find.Lattice;
import dev.vitrine.vision.find.Lines;
import dev.vitrine.vision.find.Piece;
import dev.vitrine.vision.find.Rejected;
import dev.vitrine.vision.find.Search;
import dev.vitrine.vision.find.Step;
import dev.vitrine.vision.find.TextLine;
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

  /** What is as sure as that needs no share: two digits on a page of writing. */
  private static final double EVIDENTLY_SURE = 0.95;

  /**
   * Lines of chance, of two digits and more, have 0.87 and less, but for rows of ones, and letters
   * that are like digits; numbers in photographs have more.
   */
  private static final double EVIDENT_LINE = 0.9;

  /** So many digits that are sure, and no ones, make a line evident, whatever the others are. */
  private static final int SEVERAL = 2;

  static Attempt of(
      List<Piece> pieces, double height, double stroke, DigitModel model, Set<Step> without) {
    Lines lines = Lines.of(pieces, height);
    List<Rejected> rejected = new ArrayList<>(lines.rejected());
    List<ReadLine> read = new ArrayList<>();
    for (TextLine line : lines.lines()) {
      Judged judged = Judged.of(Search.ways(Lattice.of(line, stroke, model, without)), model);
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

  /** How much of all ink is read as digits, as {@link #explained} counts it; not of the edge's. */
  double share() {
    double ink = ink();
    for (Rejected each : rejected) {
      ink += each.piece().alongEdge() ? 0 : each.piece().area();
    }
    return ink == 0 ? 0 : explained() / ink;
  }

  /**
   * Whether what it reads is more than chance finds: of a picture full of leaves or bricks a few
   * pieces look like digits, none of them surely. Pages leave little ink unread, or are sure of
   * what they read.
   */
  boolean isEvident() {
    return certainty() >= EVIDENTLY_SURE || certainty() + share() >= EVIDENT;
  }

  /**
   * The same without what chance finds: only lines that are evident by themselves stay, such as a
   * number between words in which some letters look like digits, or on a small sheet in a room.
   */
  Attempt withoutChance() {
    List<ReadLine> kept = new ArrayList<>();
    List<Rejected> all = new ArrayList<>(rejected);
    for (ReadLine line : lines) {
      if (isEvident(line)) {
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
   * Several digits, likely together, or two of them sure, and not all ones: one shape like a digit
   * is soon found, and grain, twigs and threads are rows of surest ones.
   */
  private static boolean isEvident(ReadLine line) {
    long sure =
        line.digits().stream()
            .filter(digit -> digit.digit() != 1 && digit.probability() >= EVIDENTLY_SURE)
            .count();
    boolean several = line.digits().size() > 1 && !line.text().matches("1+");
    return sure >= SEVERAL
        || (several && new Attempt(List.of(line), List.of()).certainty() >= EVIDENT_LINE);
  }

  /** How high the highest digit is, in pixels; 0 if there is none. */
  int height() {
    return lines.stream()
        .flatMap(line -> line.digits().stream())
        .mapToInt(digit -> digit.box().height())
        .max()
        .orElse(0);
  }

  /** Whether it is to be believed rather than one that looks at more of the picture. */
  boolean isBetterThan(Attempt wider) {
    boolean more = wider.explained() > MORE * explained();
    return explained() > 0 && !(more && wider.certainty() >= certainty() - AS_SURE);
  }

  /** Whether it is to be believed rather than one after another threshold. */
  boolean isSurerThan(Attempt other) {
    return certainty() >= other.certainty() + SURER && explained() >= KEPT * other.explained();
  }
}
