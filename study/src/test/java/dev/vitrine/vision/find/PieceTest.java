package dev.vitrine.vision.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.Raster;
import dev.vitrine.vision.photo.Contrast;
import dev.vitrine.vision.photo.Mask;
import dev.vitrine.vision.photo.Threshold;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceTest {
  private static final int SIDE = 600;

  /**
   * Threads from side to side, aslant, and one square: the boxes of the threads lie on each other.
   */
  private static Mask threads() {
    Raster picture = Raster.black(SIDE, SIDE, 1);
    picture.fill(220);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        if ((x + y) % 9 < 2 || (x < 12 && y < 12)) {
          picture.set(x, y, 0, 20);
        }
      }
    }
    return Threshold.LOCAL.of(Contrast.of(picture));
  }

  @Test
  void whatThreadsTakeIsBounded() {
    List<Piece> pieces = Piece.of(threads(), 6);
    long copied = pieces.stream().mapToLong(p -> (long) p.box().width() * p.box().height()).sum();
    assertThat(pieces).hasSizeGreaterThan(20);
    assertThat(copied).isLessThanOrEqualTo(5L * SIDE * SIDE);
    assertThat(pieces).anyMatch(p -> p.box().left() == 0 && p.box().top() == 0);
  }
}
