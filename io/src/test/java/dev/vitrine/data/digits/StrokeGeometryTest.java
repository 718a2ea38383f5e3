package dev.vitrine.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The steps from points to pixels, each by itself. */
class StrokeGeometryTest {
  private static Draws draws() {
    return new Draws(Seed.of(5).stream("test"));
  }

  private static PenPath path(String pose) {
    Skeleton skeleton = Skeleton.of("test", 1, List.of(pose));
    return Spline.path(skeleton, skeleton.shape(draws()));
  }

  @Test
  void bellHasMeanZeroAndVarianceOne() {
    Draws draws = draws();
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double x = draws.bell();
      assertThat(Math.abs(x)).isLessThan(3.47);
      sum += x;
      squares += x * x;
    }
    assertThat(sum / n).isCloseTo(0, within(0.015));
    assertThat(squares / n).isCloseTo(1, within(0.02));
  }

  @Test
  void aSplineRunsThroughItsPointsAndIsStraightBetweenCorners() {
    PenPath path = path("0 0, 10 20, 40 20!, 40 80! / 5 5, 6 6");
    assertThat(path.size()).isEqualTo(1 + 5 + 5 + 5 + 1 + 5);
    double[][] at = {{0, 0, 0}, {5, 10, 20}, {10, 40, 20}, {15, 40, 80}, {16, 5, 5}, {21, 6, 6}};
    for (double[] point : at) {
      assertThat(path.x((int) point[0])).isCloseTo(point[1], within(1e-9));
      assertThat(path.y((int) point[0])).isCloseTo(point[2], within(1e-9));
    }
    for (int i = 10; i <= 15; i++) {
      assertThat(path.x(i)).isCloseTo(40, within(1e-9));
    }
    for (int i = 0; i < path.size(); i++) {
      assertThat(path.begins(i)).isEqualTo(i == 0 || i == 16);
    }
  }

  @Test
  void aSplineIsSmoothAtAPointThatIsNoCorner() {
    PenPath smooth = path("0 0, 30 0, 30 30, 60 30");
    PenPath sharp = path("0 0, 30 0!, 30 30!, 60 30");
    assertThat(turn(smooth, 5)).isLessThan(0.75 * turn(sharp, 5));
    assertThat(turn(sharp, 5)).isCloseTo(Math.PI / 2, within(1e-6));
  }

  /** The angle between the segments before and after a point. */
  private static double turn(PenPath t, int i) {
    double ax = t.x(i) - t.x(i - 1);
    double ay = t.y(i) - t.y(i - 1);
    double bx = t.x(i + 1) - t.x(i);
    double by = t.y(i + 1) - t.y(i);
    return Math.abs(Math.atan2(ax * by - ay * bx, ax * bx + ay * by));
  }

  @Test
  void theElasticFieldIsSmoothAndAsStrongAsAsked() {
    PenPath still = path("0 0, 50 50, 90 100");
    Distortion.elastic(still, 0, draws());
    assertThat(still.x(10)).isCloseTo(90, within(1e-9));
    PenPath moved = path("0 0, 50 50, 90 100");
    Distortion.elastic(moved, 10, draws());
    double before = Double.NaN;
    double most = 0;
    for (int i = 0; i < moved.size(); i++) {
      double shift = moved.x(i) - still.x(i);
      most = Math.max(most, Math.abs(shift));
      if (i > 0) {
        assertThat(Math.abs(shift - before)).isLessThan(6);
      }
      before = shift;
    }
    assertThat(most).isBetween(1.0, 35.0);
  }

  @Test
  void slantLeansToTheRightAndRotationTurnsClockwise() {
    PenPath leaning = path("50 0, 50 100");
    Distortion.affine(leaning, 1, 0.2, 0);
    assertThat(leaning.x(0)).isCloseTo(10, within(1e-9));
    assertThat(leaning.x(5)).isCloseTo(-10, within(1e-9));
    PenPath turned = path("50 0, 50 100");
    Distortion.affine(turned, 1, 0, Math.PI / 2);
    assertThat(turned.x(0)).isCloseTo(50, within(1e-9));
    assertThat(turned.y(0)).isCloseTo(0, within(1e-9));
    PenPath wide = path("0 0, 100 0");
    Distortion.affine(wide, 1.5, 0, 0);
    assertThat(wide.x(5) - wide.x(0)).isCloseTo(150, within(1e-9));
  }

  @Test
  void proportionsMoveTheMiddleAndWidenTheBottom() {
    PenPath line = path("70 0, 70 50, 70 100");
    Distortion.proportions(line, 6, 0.1);
    assertThat(line.x(0)).isCloseTo(68, within(1e-9));
    assertThat(line.y(0)).isCloseTo(0, within(1e-9));
    assertThat(line.x(5)).isCloseTo(70, within(1e-9));
    assertThat(line.y(5)).isCloseTo(56, within(1e-9));
    assertThat(line.x(10)).isCloseTo(72, within(1e-9));
    assertThat(line.y(10)).isCloseTo(100, within(1e-9));
  }

  @Test
  void distancesAreThoseToTheEdgeOfTheInk() {
    PenPath line = new PenPath();
    line.add(3, 5.5, true);
    line.add(12, 5.5, false);
    line.radius(0, 1);
    line.radius(1, 2);
    double[] distance = Pen.distances(line, 20);
    // Pixel (x, y) has its centre half a pixel further; the radius grows from 1 to 2 over 9 pixels.
    assertThat(distance[5 * 20 + 7]).isCloseTo(-1.5, within(1e-9));
    assertThat(distance[7 * 20 + 7]).isCloseTo(0.5, within(1e-9));
    assertThat(distance[5 * 20 + 14]).isCloseTo(0.5, within(1e-9));
    assertThat(distance[5 * 20 + 1]).isCloseTo(0.5, within(1e-9));
    assertThat(distance[15 * 20 + 7]).isEqualTo(20);
  }

  @Test
  void thePenLeavesNoInkWhereItIsLifted() {
    PenPath path = path("0 0, 0 10 / 10 0, 10 10");
    Pen.press(path, 1, 0, draws());
    double[] distance = Pen.distances(path, 20);
    assertThat(distance[5 * 20]).isNegative();
    assertThat(distance[5 * 20 + 9]).isNegative();
    assertThat(distance[5 * 20 + 5]).isPositive();
    assertThat(distance[10 * 20 + 5]).isPositive();
  }

  @Test
  void fittingFillsTheBoxWithTheInkAndCentresTheShorterSide() {
    PenPath path = path("0 0, 30 100 / 20 0, 10 50");
    Pen.press(path, 1.3, 0.2, draws());
    Frame.fit(path);
    double[] bounds = {99, -99, 99, -99};
    for (int i = 0; i < path.size(); i++) {
      bounds[0] = Math.min(bounds[0], path.x(i) - path.radius(i));
      bounds[1] = Math.max(bounds[1], path.x(i) + path.radius(i));
      bounds[2] = Math.min(bounds[2], path.y(i) - path.radius(i));
      bounds[3] = Math.max(bounds[3], path.y(i) + path.radius(i));
    }
    assertThat(bounds[2]).isCloseTo(0, within(0.01));
    assertThat(bounds[3]).isCloseTo(20, within(0.01));
    assertThat(bounds[0] + bounds[1]).isCloseTo(20, within(0.01));
    assertThat(bounds[1] - bounds[0]).isBetween(6.0, 9.0);
  }

  @Test
  void theBoxIsPlacedByItsCentreOfMass() {
    int[] box = new int[400];
    box[10 * 20 + 3] = 200;
    box[10 * 20 + 4] = 100;
    byte[] pixels = new byte[2 * 784];
    Frame.centre(box, pixels, 784);
    // Mass at x = 3.33: 10.67 to the middle, but a margin of at most 8 keeps the box inside.
    assertThat(pixels[784 + 14 * 28 + 11]).isEqualTo((byte) 200);
    box[10 * 20 + 17] = 250;
    Frame.centre(box, pixels, 0);
    // Mass at x = 9.55, so the box begins at 4.
    assertThat(pixels[14 * 28 + 7]).isEqualTo((byte) 200);
    assertThat(pixels[14 * 28 + 21]).isEqualTo((byte) 250);
  }

  @Test
  void inkIsWhiteInsideBlackOutsideAndGreyAtTheEdge() {
    int[] grey = Ink.grey(new double[] {-2, -1.2, 0, 0, 0, 1.2, 2}, draws());
    assertThat(new int[] {grey[0], grey[1]}).containsOnly(255);
    assertThat(new int[] {grey[5], grey[6]}).containsOnly(0);
    assertThat(grey[2]).isBetween(20, 235);
    assertThat(new int[] {grey[2], grey[3], grey[4]}).doesNotHaveDuplicates();
  }
}
