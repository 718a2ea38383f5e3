package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random geometries from one seed; a failure names the round, which replays it alone. */
class ShapePropertyTest {
  private static final Seed SEED = Seed.of(20_250_101);
  private static final int SHAPE_ROUNDS = 20_000;
  private static final int ORACLE_ROUNDS = 1_000;

  @Test
  void outputsAreAsManyAsWindowsThatFit() {
    int none = 0;
    for (int round = 0; round < SHAPE_ROUNDS; round++) {
      Draws draws = draws("shape", round);
      boolean ceil = draws.coin();
      Window window = new Window(draws.span(ceil), draws.span(ceil));
      Shape x = Shape.of(draws.between(1, 4), draws.between(1, 24), draws.between(1, 24));
      int h = count(window.h(), x.size(1));
      int w = count(window.w(), x.size(2));
      String context = "seed %s, round %s: %s of %s".formatted(SEED, round, window, x);
      Shape weight = Shape.of(3, x.size(0), window.h().kernel(), window.w().kernel());
      if (h == 0 || w == 0) {
        none++;
        assertThatThrownBy(() -> new MaxPool(window).shape(List.of(x)))
            .as(context)
            .isInstanceOf(UserException.class);
      } else {
        Op convolution = new Convolution(window, 1, false);
        assertThat(convolution.shape(List.of(x, weight))).as(context).isEqualTo(Shape.of(3, h, w));
        Shape pooled = Shape.of(x.size(0), h, w);
        assertThat(new MaxPool(window).shape(List.of(x))).as(context).isEqualTo(pooled);
        assertThat(new AveragePool(window, true).shape(List.of(x))).as(context).isEqualTo(pooled);
      }
    }
    assertThat(none).as("rounds in which nothing fits").isBetween(1000, 10_000);
  }

  /** Slides the window along the padded axis and counts the places where it may stop. */
  private static int count(Span span, int in) {
    int padded = span.before() + in + span.after();
    int count = 0;
    for (int start = 0; start < padded; start += span.stride()) {
      int last = start + (span.kernel() - 1) * span.dilation();
      boolean whole = last < padded;
      boolean uncovered = last - span.stride() < padded - 1;
      boolean startsInside = start < span.before() + in;
      count += span.ceil() ? (startsInside && (whole || uncovered) ? 1 : 0) : whole ? 1 : 0;
    }
    return count;
  }

  @Test
  void randomConvolutionsAgreeWithTheInterpreter() {
    try (Oracle oracle = new Oracle(List.of(Engines.SCALAR, Engines.SIMD))) {
      for (int round = 0; round < ORACLE_ROUNDS; round++) {
        Draws draws = draws("convolution", round);
        GraphCase c = RandomCase.convolution(draws, 9, context(round)).of();
        int run = draws.between(0, 3) == 0 ? draws.between(19, 130) : draws.between(1, 18);
        Oracle.Size size = new Oracle.Size(run + draws.between(0, 20), run);
        assertThat(oracle.check(c, SEED, size)).isPositive();
      }
    }
  }

  @Test
  void randomPoolingsAgreeWithTheInterpreter() {
    try (Oracle oracle = new Oracle(List.of(Engines.SCALAR, Engines.SIMD))) {
      for (int round = 0; round < ORACLE_ROUNDS / 4; round++) {
        Draws draws = draws("pooling", round);
        GraphCase c = RandomCase.pooling(draws, context(round)).of();
        assertThat(oracle.check(c, SEED, Oracle.Size.of(draws.between(1, 18)))).isPositive();
      }
    }
  }

  private static Draws draws(String purpose, int round) {
    return new Draws(SEED.stream(purpose, round));
  }

  private static String context(int round) {
    return "seed %s, round %s: ".formatted(SEED, round);
  }
}
