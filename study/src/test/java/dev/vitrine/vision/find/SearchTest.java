package dev.vitrine.vision.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.model.MadeUpModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line of one wide piece says, by a model that is made up. */
class SearchTest {
  private static final int WIDTH = 56;
  private static final int HEIGHT = 40;

  /** Columns of a piece as high as {@link #WIDTH}. */
  private static final int WIDE = 42;

  /** Two ellipses that touch, together wider than high. */
  private static TextLine discs() {
    float[] ink = new float[WIDTH * HEIGHT];
    int area = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double down = (y - 19.5) / 20.3;
        boolean in =
            Math.hypot((x - 13.5) / 14.3, down) < 1 || Math.hypot((x - 41.5) / 14.3, down) < 1;
        ink[y * WIDTH + x] = in ? 1 : 0;
        area += in ? 1 : 0;
      }
    }
    Piece both = new Piece(new Box(0, 0, WIDTH, HEIGHT), new Ink(WIDTH, HEIGHT, ink), area, 0.8, 0);
    return new TextLine(List.of(both), HEIGHT, 0);
  }

  /** Of what is wider than high says that it is several or none, of the rest how likely a digit. */
  private record MadeUp(int digit, float none, float several, float half) implements MadeUpModel {
    private MadeUp(float none, float several, float half) {
      this(0, none, several, half);
    }

    @Override
    public float[][] probabilities(float[][] cuts) {
      float[][] all = new float[cuts.length][CLASSES];
      for (int i = 0; i < cuts.length; i++) {
        boolean wide = rows(cuts[i]) < 17;
        all[i][digit] = wide ? 1 - none - several : half;
        all[i][NONE] = wide ? none : 1 - half;
        all[i][SEVERAL] = wide ? several : 0;
      }
      return all;
    }

    private static int rows(float[] cut) {
      int first = 28;
      int last = 0;
      for (int i = 0; i < cut.length; i++) {
        if (cut[i] > 0.5) {
          first = Math.min(first, i / 28);
          last = i / 28 + 1;
        }
      }
      return last - first;
    }

    @Override
    public void close() {}
  }

  private static String read(DigitModel model) {
    return Search.ways(Lattice.of(discs(), 12, model, Set.of())).getFirst().text();
  }

  @ParameterizedTest
  @CsvSource({"0.98, 0, ''", "0.01, 0.98, 00", "0.5, 0.49, 00"})
  void whatIsSeveralDigitsIsCutRatherThanLeftOut(float none, float several, String text) {
    assertThat(read(new MadeUp(none, several, 0.6f))).isEqualTo(text);
  }

  /** An H, or an N, is two strokes: two ones, or sevens, are less likely than two other digits. */
  @ParameterizedTest
  @CsvSource({"0, 00", "1, ''", "2, 22", "7, ''"})
  void twoStrokesOfOnePieceAreRatherALetter(int digit, String text) {
    assertThat(read(new MadeUp(digit, 0.7f, 0.29f, 0.6f))).isEqualTo(text);
  }

  @Test
  void whatIsOneDigitStaysOne() {
    assertThat(read(new MadeUp(0.02f, 0.02f, 0.05f))).isEqualTo("0");
  }

  /** Both halves are surely digits, but the whole is likelier one digit than several, or none. */
  @Test
  void whatIsRatherOneDigitIsNotCutByChance() {
    TextLine high = new TextLine(discs().pieces(), WIDTH, 0);
    Lattice lattice = Lattice.of(high, 12, new MadeUp(0.44f, 0.01f, 0.99f), Set.of());
    assertThat(Search.ways(lattice).getFirst().text()).isEqualTo("0");
  }

  /** A ring and, at the piece's right edge, an upright that is thinner than other digits. */
  @Test
  void aThinDigitAtTheEdgeIsCutOff() {
    boolean[] upright = mask((x, y) -> x >= 37);
    boolean[] ink =
        mask((x, y) -> {
          double away = Math.hypot(x - 18, y - 28);
          return x >= 37 || (away < 18.1 && away > 12);
        });
    assertThat(mayBe(upright, ink, 75, 0.95)).isTrue();
  }

  /** The gap between two uprights leads to a bar that is thinnest beside the left one. */
  @Test
  void oneGapLeadsToSeveralCuts() {
    boolean[] ink =
        mask((x, y) -> x < 6 || (x >= 30 && x < 36) || (y < 6 && x >= 14) || (y < 4 && x < 14));
    assertThat(mayBe(mask((x, y) -> ink[y * WIDE + x] && x < 10), ink, WIDTH, 0.9)).isTrue();
    assertThat(mayBe(mask((x, y) -> ink[y * WIDE + x] && x < 28), ink, WIDTH, 0.9)).isTrue();
  }

  private interface Shape {
    boolean covers(int x, int y);
  }

  private static boolean[] mask(Shape shape) {
    boolean[] mask = new boolean[WIDE * WIDTH];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = shape.covers(i % WIDE, i / WIDE);
    }
    return mask;
  }

  /** Whether nearly this part of the ink, of strokes six wide, is among what may be a digit. */
  private static boolean mayBe(boolean[] part, boolean[] all, int height, double least) {
    float[] ink = new float[all.length];
    int area = 0;
    for (int i = 0; i < ink.length; i++) {
      ink[i] = all[i] ? 1 : 0;
      area += all[i] ? 1 : 0;
    }
    Piece both = new Piece(new Box(0, 0, WIDE, WIDTH), new Ink(WIDE, WIDTH, ink), area, 0.8, 0);
    TextLine line = new TextLine(List.of(both), height, 0);
    Lattice lattice = Lattice.of(line, 6, new MadeUp(0.01f, 0.9f, 0.6f), Set.of());
    return lattice.candidates().stream().anyMatch(each -> shared(each.piece(), part) > least);
  }

  /** How much a piece and a mask have in common, of what they cover together. */
  private static double shared(Piece piece, boolean[] mask) {
    int common = 0;
    int covered = piece.area();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i]) {
        int x = i % WIDE - piece.box().left();
        int y = i / WIDE - piece.box().top();
        boolean also = piece.ink().at(x, y) >= 0.5f;
        common += also ? 1 : 0;
        covered += also ? 0 : 1;
      }
    }
    return (double) common / covered;
  }

  /** A 0 that lies on its side is wider than digits are, but it may be one. */
  @Test
  void aWholePieceMayAlwaysBeOneDigit() {
    TextLine low = new TextLine(discs().pieces(), 30, 0);
    Lattice lattice = Lattice.of(low, 12, new MadeUp(0.1f, 0.1f, 0.6f), Set.of());
    assertThat(lattice.atoms()).hasSizeGreaterThan(1);
    assertThat(lattice.candidates())
        .anyMatch(each -> each.from() == 0 && each.to() == lattice.atoms().size());
  }

  /** Each small piece is none, and all of them together are a digit, as after a fold. */
  @Test
  void piecesOfOneDigitAreJoinedRatherThanLeftOut() {
    float[] full = new float[12 * 7];
    Arrays.fill(full, 1);
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      pieces.add(new Piece(new Box(0, 11 * i, 12, 7), new Ink(12, 7, full), 12 * 7, 0.8, 0));
    }
    TextLine line = new TextLine(pieces, HEIGHT, 0);
    Lattice lattice = Lattice.of(line, 4, new MadeUp(0.98f, 0, 0.9f), Set.of());
    assertThat(Search.ways(lattice).getFirst().text()).isEqualTo("0");
  }

  /** As in a picture of leaves: what is looked at of a line is bounded, but each piece is. */
  @Test
  void manyLargePiecesAreJoinedLess() {
    float[] full = new float[60 * 600];
    Arrays.fill(full, 1);
    Ink ink = new Ink(60, 600, full);
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      pieces.add(new Piece(new Box(70 * i, 0, 60, 600), ink, 60 * 600, 0.8, 0));
    }
    DigitModel model = new MadeUp(0.1f, 0.1f, 0.6f);
    Lattice lattice = Lattice.of(new TextLine(pieces, 600, 0), 20, model, Set.of());
    long pixels = 0;
    for (Candidate candidate : lattice.candidates()) {
      Box box = candidate.piece().box();
      pixels += (long) box.width() * box.height();
    }
    assertThat(pixels).isLessThan(10_000_000);
    assertThat(lattice.candidates().stream().filter(each -> each.to() == each.from() + 1))
        .hasSize(60);
    assertThat(lattice.candidates()).hasSizeGreaterThan(100);
  }
}
