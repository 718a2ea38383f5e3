package dev.vitrine.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Candidate;
import dev.vitrine.vision.find.Piece;
import dev.vitrine.vision.find.Rejected;
import dev.vitrine.vision.find.Search;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.model.MadeUpModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a digit on which the ways through its line do not agree. */
class JudgedTest {
  private static final int HEIGHT = 20;

  /** Says of what is full that it is a 2 or an 8, of what is hollow rather an 8. */
  private record MadeUp() implements MadeUpModel {
    @Override
    public float[][] probabilities(float[][] cuts) {
      float[][] all = new float[cuts.length][];
      Arrays.setAll(all, i -> says(cuts[i][MnistCut.SIDE * 14 + 14] > 0.5f));
      return all;
    }
  }

  private static float[] says(boolean full) {
    float[] all = new float[DigitModel.CLASSES];
    all[2] = full ? 0.5f : 0.1f;
    all[8] = full ? 0.4f : 0.8f;
    all[DigitModel.NONE] = 0.1f;
    return all;
  }

  private static Search.Step step(int width, boolean full, boolean digit) {
    float[] ink = new float[width * HEIGHT];
    for (int i = 0; i < ink.length; i++) {
      int x = i % width;
      int y = i / width;
      boolean rim = Math.min(x, width - 1 - x) < 3 || Math.min(y, HEIGHT - 1 - y) < 3;
      ink[i] = full || rim ? 1 : 0;
    }
    Piece piece =
        new Piece(new Box(0, 0, width, HEIGHT), new Ink(width, HEIGHT, ink), ink.length, 0.8, 0);
    float[] cut = MnistCut.of(piece.ink());
    return new Search.Step(new Candidate(0, 1, piece, cut, says(full), 0), digit);
  }

  private static ReadDigit first(Search.Way... ways) {
    return Judged.of(List.of(ways), new MadeUp()).line().orElseThrow().digits().getFirst();
  }

  private static Search.Way way(double share, Search.Step... steps) {
    return new Search.Way(List.of(steps), Math.log(share));
  }

  @Test
  void theSecondGuessIsNeverTheLikelierOne() {
    ReadDigit digit = first(way(0.5, step(18, true, true)), way(0.5, step(18, false, true)));
    assertThat(digit.digit()).isEqualTo(8);
    assertThat(digit.probability()).isCloseTo(0.6, within(1e-6));
    assertThat(digit.second()).isEqualTo(2);
    assertThat(digit.secondProbability()).isCloseTo(0.3, within(1e-6));
    assertThat(digit.otherwise()).isEqualTo("or 2, 30 %");
  }

  @Test
  void waysThatLeaveItOutOrCutItOtherwiseAreDoubtsOfTheirOwn() {
    ReadDigit none = first(way(0.5, step(18, true, true)), way(0.5, step(18, true, false)));
    assertThat(none.digit()).isEqualTo(2);
    assertThat(none.probability()).isCloseTo(0.25, within(1e-6));
    assertThat(none.otherwise()).isEqualTo("rather no digit, 55 %");
    ReadDigit cut = first(way(0.5, step(18, true, true)), way(0.5, step(40, true, true)));
    assertThat(cut.otherwise()).isEqualTo("rather cut otherwise, 50 %");
    double sum = 0;
    for (float probability : cut.probabilities()) {
      sum += probability;
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void alternativesAreOtherTextsThanWhatIsRead() {
    Search.Way[] ways = {way(0.4, step(18, true, true)), way(0.6, step(18, false, true))};
    ReadLine line = Judged.of(List.of(ways), new MadeUp()).line().orElseThrow();
    assertThat(line.text()).isEqualTo("8");
    assertThat(line.alternatives())
        .singleElement()
        .satisfies(other -> assertThat(other.text()).isEqualTo("2"));
  }

  private static ReadLine line(String text, double probability, double contrast) {
    float[] ink = new float[10 * HEIGHT];
    Arrays.fill(ink, 1);
    Piece piece =
        new Piece(new Box(0, 0, 10, HEIGHT), new Ink(10, HEIGHT, ink), ink.length, contrast, 0);
    List<ReadDigit> digits = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      float[] all = new float[DigitModel.CLASSES];
      all[digit - '0'] = (float) probability;
      all[DigitModel.NONE] = (float) (1 - probability);
      digits.add(
          new ReadDigit(
              piece.box(), new Candidate(0, 1, piece, MnistCut.of(piece.ink()), all, 0), all));
    }
    return new ReadLine(digits, List.of());
  }

  /** A number in pencil below one in ink, of which one digit is doubtful. */
  @Test
  void aFaintLineWithTwoSureDigitsIsPencil() {
    List<ReadDigit> digits = new ArrayList<>(line("7", 0.5, 0.3).digits());
    digits.addAll(line("98", 0.99, 0.3).digits());
    ReadLine pencil = new ReadLine(digits, List.of());
    ReadLine fold = line("174", 0.85, 0.3);
    ReadLine ink = line("405", 0.99, 0.85);
    List<Rejected> rejected = new ArrayList<>();
    assertThat(Judged.plausible(List.of(ink, pencil, fold), rejected)).containsExactly(ink, pencil);
    assertThat(rejected).hasSize(3);
  }

  /** A question mark whose pieces the search would rather join to a 7 than leave out. */
  @Test
  void whatAllWaysTakeForNoDigitIsLeftOut() {
    Search.Way read = way(0.2, step(18, true, true));
    Judged judged = Judged.of(List.of(read, way(0.8, step(18, true, false))), new MadeUp());
    assertThat(judged.line()).isEmpty();
    assertThat(judged.rejected()).hasSize(1);
  }
}
