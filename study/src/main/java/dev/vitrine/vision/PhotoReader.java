package dev.vitrine.vision;

import dev.vitrine.image.Polarity;
import dev.vitrine.image.Raster;
import dev.vitrine.image.ReducedFile;
import dev.vitrine.image.Resampler;
import dev.vitrine.run.Heap;
import dev.vitrine.vision.find.Piece;
import dev.vitrine.vision.find.Step;
import dev.vitrine.vision.find.Survey;
import dev.vitrine.vision.find.Tilt;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.photo.LooseSheet;
import dev.vitrine.vision.photo.Mask;
import dev.vitrine.vision.photo.Rules;
import dev.vitrine.vision.photo.Threshold;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the digits in photographs, with one model for all of them; any number of threads may share
 * it.
 */
public final class PhotoReader {
  /** More pixels are averaged to at most so many. */
  private static final long MOST_PIXELS = 3_000_000;

  /** Smaller pictures are enlarged towards this side, at most three times. */
  private static final int SIDE = 900;

  private static final int MOST_ENLARGED = 3;
  private static final int LEAST_AREA = 6;

  /** How much more ink a turned picture must explain, ones aside. */
  private static final double BETTER = 1.1;

  /** Lines that are steeper, in radians, are levelled: about 5°. */
  private static final double ASLANT = 0.09;

  /** How much more ink a levelled picture must explain. */
  private static final double LEVEL_BETTER = 1.01;

  private static final int MOST_PIECES = 1500;

  /**
   * So many pieces that are nearly as high as digits, of which fewer are clear: a page of print.
   */
  private static final int WRITING = 200;

  private static final double HIGH_AS_DIGITS = 0.4;
  private static final double DIGITS_CLEAR = 0.7;

  /** Digits that are less likely than this on average are looked at after another threshold. */
  private static final double CERTAIN = 0.9;

  /** Of the longer side: digits that are higher may have strokes as wide as a window of paper. */
  private static final double FILLING = 0.3;

  private final DigitModel model;
  private final Set<Step> without;

  private PhotoReader(DigitModel model, Set<Step> without) {
    this.model = without.contains(Step.REFUSING) ? new NeverNone(model) : model;
    this.without = without;
  }

  /**
   * {@return a reader}
   *
   * @param model says what digit a cut is; it is not closed here
   */
  public static PhotoReader of(DigitModel model) {
    return new PhotoReader(Objects.requireNonNull(model, "model"), Set.of());
  }

  /**
   * {@return this without some of its steps, to see what they earn}
   *
   * @param steps what is left out
   */
  public PhotoReader without(Set<Step> steps) {
    return new PhotoReader(model, Set.copyOf(steps));
  }

  /**
   * Reads a file.
   *
   * @param file a JPEG or a PNG of up to {@link ReducedFile#MOST_PIXELS}
   * @return what it says
   * @throws dev.vitrine.error.UserException if it is no picture, or damaged
   */
  public Reading read(Path file) {
    ReducedFile reduced = ReducedFile.read(file, 255, MOST_PIXELS);
    return read(reduced.file().picture(), 1.0 / reduced.step());
  }

  /**
   * {@return what a picture says}
   *
   * @param picture upright, or not
   * @param scale how many of its pixels one of the photograph's is
   */
  public Reading read(Raster picture, double scale) {
    int longer = Math.max(picture.width(), picture.height());
    int times = Math.clamp(SIDE / longer, 1, MOST_ENLARGED);
    Raster seen =
        times == 1
            ? picture
            : Resampler.resize(picture, picture.width() * times, picture.height() * times);
    View view = new View(scale * times, 0, 0, seen.width(), seen.height());
    Optional<LooseSheet> sheet =
        without.contains(Step.SHEET) ? Optional.empty() : LooseSheet.in(seen);
    Found whole = found(seen, view);
    if (sheet.isEmpty()) {
      return whole.reading(seen, false);
    }
    Found alone = found(sheet.get().alone(seen), view);
    return alone.attempt.isBetterThan(whole.attempt)
        ? alone.reading(seen, true)
        : whole.reading(seen, false);
  }

  /** What was found, and how the picture was turned for it. */
  private record Found(Attempt attempt, View view, Polarity polarity, Threshold threshold) {
    Reading reading(Raster seen, boolean onSheet) {
      int side = Math.max(seen.width(), seen.height());
      Attempt said = attempt.isEvident(side) ? attempt : attempt.withoutChance();
      return new Reading(
          view.of(seen), view, polarity, threshold, onSheet, said.lines(), said.rejected());
    }
  }

  /** By the local threshold; where that leaves doubts or digits fill the page, by the other too. */
  private Found found(Raster seen, View upright) {
    Polarity polarity = Polarity.of(seen);
    Raster dark = polarity == Polarity.LIGHT_ON_DARK ? seen.inverted() : seen;
    Found local = found(dark, upright, polarity, Threshold.LOCAL);
    int longer = Math.max(seen.width(), seen.height());
    boolean filling = local.attempt.height() >= FILLING * longer;
    boolean certain = local.attempt.certainty() >= CERTAIN && !filling;
    if (certain || without.contains(Step.THRESHOLD)) {
      return local;
    }
    Found global = found(dark, upright, polarity, Threshold.OTSU);
    boolean better =
        filling
            ? global.attempt.explained() > 0 && !local.attempt.isSurerThan(global.attempt)
            : global.attempt.isSurerThan(local.attempt);
    return better ? global : local;
  }

  private Found found(Raster dark, View upright, Polarity polarity, Threshold threshold) {
    Heap.sweep(); // without it 12 megapixels with a sheet in a room take 900 MB
    View view = upright;
    Mask mask = ruleless(threshold.of(threshold.contrast(dark)));
    List<Piece> pieces = pieces(mask);
    Survey survey = Survey.of(pieces, model);
    double height = survey.height();
    Set<Step> left = left(pieces, survey);
    Attempt best = attempt(pieces, height, mask, left);
    if (survey.tall() > 0) {
      Attempt tall = attempt(pieces, survey.tall(), mask, without);
      if (tall.explained() > best.explained() && tall.certainty() > best.certainty()) {
        best = tall;
        height = survey.tall();
      }
    }
    if (survey.quarters() != 0 && !left.contains(Step.TURNING)) {
      List<Piece> turned = pieces(mask.turned(survey.quarters()));
      Attempt other = attempt(turned, survey.turnedHeight(), mask, left);
      if (other.explainedBeyondOnes() > BETTER * best.explainedBeyondOnes()) {
        best = other;
        pieces = turned;
        height = survey.turnedHeight();
        view = view.turned(survey.quarters());
      }
    }
    double tilt = without.contains(Step.LEVELLING) ? 0 : Tilt.of(pieces, height);
    if (Math.abs(tilt) >= ASLANT) {
      View level = view.levelled(tilt);
      Mask levelled = ruleless(threshold.of(threshold.contrast(level.of(dark))));
      Attempt other = attempt(pieces(levelled), height, levelled, left);
      if (other.explained() > LEVEL_BETTER * best.explained()) {
        best = other;
        view = level;
      }
    }
    return new Found(best, view, polarity, threshold);
  }

  private Attempt attempt(List<Piece> pieces, double height, Mask mask, Set<Step> left) {
    return Attempt.of(pieces, height, mask.stroke(), model, left);
  }

  /**
   * Steps left out: the letters of a page of print are not cut, which would take a minute, nor does
   * it matter which way up more of them are like digits.
   */
  private Set<Step> left(List<Piece> pieces, Survey survey) {
    double least = HIGH_AS_DIGITS * survey.height();
    long many = pieces.stream().filter(piece -> piece.box().height() >= least).count();
    if (many < WRITING || survey.clear() >= DIGITS_CLEAR) {
      return without;
    }
    Set<Step> left = EnumSet.of(Step.SPLITTING, Step.TURNING);
    left.addAll(without);
    return left;
  }

  private Mask ruleless(Mask all) {
    return without.contains(Step.RULES) ? all : Rules.of(all).mask();
  }

  private static List<Piece> pieces(Mask mask) {
    return Piece.of(mask, LEAST_AREA).stream()
        .sorted(Comparator.comparingInt((Piece piece) -> piece.area()).reversed())
        .limit(MOST_PIECES)
        .toList();
  }
}
