package dev.vitrine.vision;

import dev.vitrine.image.Polarity;
import dev.vitrine.image.Raster;
import dev.vitrine.image.ReducedFile;
import dev.vitrine.image.Resampler;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Candidate;
import dev.vitrine.vision.find.Lattice;
import dev.vitrine.vision.find.Lines;
import dev.vitrine.vision.find.Piece;
import dev.vitrine.vision.find.Rejected;
import dev.vitrine.vision.find.Search;
import dev.vitrine.vision.find.Survey;
import dev.vitrine.vision.find.TextLine;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.photo.Contrast;
import dev.vitrine.vision.photo.Mask;
import dev.vitrine.vision.photo.Rules;
import dev.vitrine.vision.photo.Threshold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Reads the digits in photographs, with one model for all of them. */
public final class PhotoReader {
  /** More pixels are averaged to at most so many. */
  private static final long MOST_PIXELS = 3_000_000;

  /** Smaller pictures are enlarged towards this side, at most three times. */
  private static final int SIDE = 900;

  private static final int MOST_ENLARGED = 3;
  private static final int LEAST_AREA = 6;
  private static final int MOST_PIECES = 3000;

  /** A digit that is less probable is unsure. */
  private static final double SURE = 0.8;

  private final DigitModel model;

  private PhotoReader(DigitModel model) {
    this.model = model;
  }

  /**
   * {@return a reader}
   *
   * @param model says what digit a cut is; it is not closed here
   */
  public static PhotoReader of(DigitModel model) {
    return new PhotoReader(Objects.requireNonNull(model, "model"));
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
    Polarity polarity = Polarity.of(seen);
    boolean light = polarity == Polarity.LIGHT_ON_DARK;
    Rules rules = Rules.of(Threshold.of(Contrast.of(light ? seen.inverted() : seen)));
    if (Boolean.getBoolean("dbg")) { System.out.println(rules.lines()); }
    Mask mask = rules.mask();
    List<Piece> pieces = pieces(mask);
    Survey survey = Survey.of(pieces, model);
    if (survey.quarters() != 0) {
      mask = mask.turned(survey.quarters());
      pieces = pieces(mask);
    }
    Lines lines = Lines.of(pieces, survey.height());
    List<ReadLine> read = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>(lines.rejected());
    for (TextLine line : lines.lines()) {
      Lattice lattice = Lattice.of(line, mask.stroke(), model);
      List<Search.Way> ways = Search.ways(lattice);
      read(ways, rejected, read);
    }
    View view = new View(scale * times, survey.quarters(), seen.width(), seen.height());
    return new Reading(view.turned(seen), view, polarity, read, rejected);
  }

  private static List<Piece> pieces(Mask mask) {
    return Piece.of(mask, LEAST_AREA).stream()
        .sorted(Comparator.comparingInt((Piece piece) -> piece.area()).reversed())
        .limit(MOST_PIECES)
        .toList();
  }

  private static void read(
      List<Search.Way> ways, List<Rejected> rejected, List<ReadLine> into) {
    double sum = 0;
    double most = ways.getFirst().score();
    for (Search.Way way : ways) {
      sum += Math.exp(way.score() - most);
    }
    List<ReadDigit> digits = new ArrayList<>();
    for (Search.Step step : ways.getFirst().steps()) {
      Candidate candidate = step.candidate();
      if (!step.digit()) {
        rejected.add(new Rejected(candidate.piece(), "no digit"));
        continue;
      }
      double agree = 0;
      for (Search.Way way : ways) {
        agree += agrees(way, step) ? Math.exp(way.score() - most) / sum : 0;
      }
      double probability = agree * candidate.probabilities()[candidate.best()];
      digits.add(
          new ReadDigit(candidate.piece().box(), candidate, probability, probability < SURE));
    }
    if (!digits.isEmpty()) {
      List<ReadLine.Alternative> others = new ArrayList<>();
      for (Search.Way way : ways.subList(1, ways.size())) {
        others.add(new ReadLine.Alternative(way.text(), Math.exp(way.score() - most) / sum));
      }
      into.add(new ReadLine(digits, others));
    }
  }

  /** Whether another way reads the same digit in nearly the same place. */
  private static boolean agrees(Search.Way way, Search.Step step) {
    Box box = step.candidate().piece().box();
    return way.steps().stream()
        .filter(Search.Step::digit)
        .filter(other -> other.candidate().best() == step.candidate().best())
        .map(other -> other.candidate().piece().box())
        .anyMatch(other -> box.commonColumns(other) >= 0.6 * Math.max(box.width(), other.width()));
  }
}
