package dev.vitrine.vision.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.vision.cut.Ink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static Piece piece(int left, int top, int width, int height) {
    float[] ink = new float[width * height];
    Arrays.fill(ink, 1);
    return new Piece(
        new Box(left, top, width, height), new Ink(width, height, ink), width * height, 0.8, 0);
  }

  @Test
  void linesThatClimbAreReadFromTopToBottom() {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      pieces.add(piece(40 * i, 200 - 8 * i, 20, 40));
      pieces.add(piece(40 * i, 100 - 8 * i, 20, 40));
    }
    Lines lines = Lines.of(pieces, 40);
    assertThat(lines.lines()).hasSize(2);
    assertThat(lines.lines().getFirst().pieces())
        .extracting(p -> p.box().top())
        .containsExactly(100, 92, 84, 76, 68, 60);
    assertThat(lines.lines().getFirst().slope()).isCloseTo(-0.2, within(0.01));
    assertThat(Tilt.of(pieces, 40)).isCloseTo(-0.197, within(0.01));
  }

  @Test
  void aFragmentStandsInItsDigitsLine() {
    Piece bar = piece(100, 96, 24, 6);
    Lines lines = Lines.of(List.of(piece(40, 98, 20, 40), piece(100, 105, 20, 34), bar), 40);
    assertThat(lines.lines()).hasSize(1);
    assertThat(lines.lines().getFirst().pieces()).contains(bar);
    assertThat(lines.rejected()).isEmpty();
  }

  @Test
  void dustAndDesksAreNoLines() {
    Piece desk = new Piece(new Box(0, 0, 30, 60), piece(0, 0, 30, 60).ink(), 1800, 0.8, 60);
    Lines lines = Lines.of(List.of(piece(40, 98, 20, 40), piece(200, 10, 2, 2), desk), 40);
    assertThat(lines.lines()).hasSize(1);
    assertThat(lines.rejected())
        .extracting(Rejected::reason)
        .containsExactlyInAnyOrder(
            "it is too small: a dot or dirt", "it lies along the edge of the picture");
  }

  @Test
  void touchingDiscsAreCutWhereTheyTouch() {
    int width = 79;
    float[] ink = new float[width * 40];
    int area = 0;
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < width; x++) {
        boolean in = Math.hypot(x - 19.5, y - 19.5) < 20.3 || Math.hypot(x - 58.5, y - 19.5) < 20.3;
        ink[y * width + x] = in ? 1 : 0;
        area += in ? 1 : 0;
      }
    }
    Piece both = new Piece(new Box(7, 5, width, 40), new Ink(width, 40, ink), area, 0.8, 0);
    List<Piece> parts = Seams.parts(both, 5, 1);
    assertThat(parts).hasSize(2);
    assertThat(parts.getFirst().area() + parts.getLast().area()).isEqualTo(area);
    assertThat(parts.getFirst().box().right()).isCloseTo(7 + 39, within(3));
    assertThat(Piece.joined(parts).box()).isEqualTo(both.box());
  }
}
