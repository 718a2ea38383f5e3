package dev.vitrine.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.Raster;
import dev.vitrine.random.Seed;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pages are the same each time, and what is said to stand on them stands there. Pages know nothing
 * of each other, so several are made at a time.
 */
@Execution(ExecutionMode.CONCURRENT)
class PageMakerTest {
  private static final int CLEAN_FIVE = hash(maker(1).make(5, Map.of()).picture());

  private static PageMaker maker(long seed) {
    return new PageMaker(Seed.of(seed), Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void thePageOfANumberIsTheSame(Fault fault) {
    Page page = maker(1).make(3, Map.of(fault, 0.6));
    Page again = maker(1).make(3, Map.of(fault, 0.6));
    assertThat(again.lines()).isEqualTo(page.lines());
    assertThat(hash(again.picture())).isEqualTo(hash(page.picture()));
  }

  @Test
  void otherNumbersAndSeedsGiveOtherPages() {
    int hash = hash(maker(1).make(0, Map.of()).picture());
    assertThat(hash(maker(1).make(1, Map.of()).picture())).isNotEqualTo(hash);
    assertThat(hash(maker(2).make(0, Map.of()).picture())).isNotEqualTo(hash);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultShowsAndStaysInItsStrength(Fault fault) {
    Page page = maker(1).make(5, Map.of(fault, 1.0));
    assertThat(hash(page.picture())).isNotEqualTo(CLEAN_FIVE);
    assertThat(page.count()).isPositive();
  }

  /** Every box holds ink to its edges, nearly: it is darker there than around. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ROTATED", "PERSPECTIVE", "SLANTED", "DESK", "SIZES", "STYLES", "CLOSE"})
  void boxesAreWhereTheInkIs(Fault fault) {
    for (int number = 0; number < 4; number++) {
      Page page = maker(7).make(number, Map.of(fault, 0.7));
      for (Page.Line line : page.lines()) {
        for (Page.Digit digit : line.digits()) {
          int[] inked = inked(page.picture(), digit);
          int tolerance = 5;
          assertThat(inked[0] - digit.left()).as("left of %s", digit).isBetween(0, tolerance);
          assertThat(digit.right() - inked[2]).as("right of %s", digit).isBetween(0, tolerance);
          assertThat(inked[1] - digit.top()).as("top of %s", digit).isBetween(0, tolerance);
          assertThat(digit.bottom() - inked[3]).as("bottom of %s", digit).isBetween(0, tolerance);
        }
      }
    }
  }

  @Test
  void theTextIsTheLinesInOrder() {
    Page page = maker(3).make(2, Map.of());
    assertThat(page.text()).matches("[0-9]+(/[0-9]+)*");
    assertThat(page.text().replace("/", "")).hasSize(page.count());
    for (Page.Line line : page.lines()) {
      for (int i = 1; i < line.digits().size(); i++) {
        assertThat(line.digits().get(i).left()).isGreaterThan(line.digits().get(i - 1).left());
      }
    }
  }

  /** What of a box is dark. */
  private static int[] inked(Raster picture, Page.Digit digit) {
    int[] box = {digit.right(), digit.bottom(), digit.left(), digit.top()};
    for (int y = digit.top(); y < digit.bottom(); y++) {
      for (int x = digit.left(); x < digit.right(); x++) {
        if (picture.get(x, y, 0) < 110) {
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x + 1);
          box[3] = Math.max(box[3], y + 1);
        }
      }
    }
    return box;
  }

  private static int hash(Raster picture) {
    int hash = 31 * picture.width() + picture.height();
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        for (int channel = 0; channel < 3; channel++) {
          hash = 31 * hash + picture.get(x, y, channel);
        }
      }
    }
    return hash;
  }
}
