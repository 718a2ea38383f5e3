package dev.vitrine.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shaded is where the output is true. */
class NeuronPageTest {
  private static List<Polygon> parts(String text, Squash activation) {
    UnitLines lines = UnitLines.of(text);
    List<Squash> activations =
        lines.lines().stream().map(line -> line.own().orElse(activation)).toList();
    return new Shading(lines, activations, lines.inputs(), -2, 2).parts();
  }

  private static double area(List<Polygon> parts) {
    double area = 0;
    for (Polygon part : parts) {
      List<Polygon.Corner> corners = part.corners();
      for (int i = 0; i < corners.size(); i++) {
        Polygon.Corner a = corners.get(i);
        Polygon.Corner b = corners.get((i + 1) % corners.size());
        area += (a.x() * b.y() - b.x() * a.y()) / 2;
      }
    }
    return area;
  }

  @Test
  void aUnitShadesAHalfPlaneExactly() {
    List<Polygon> parts = parts("-1.5 + x1 + x2", Squash.SIGN);
    assertThat(parts).hasSize(1);
    assertThat(parts.getFirst().corners())
        .containsExactlyInAnyOrder(
            new Polygon.Corner(2, -0.5), new Polygon.Corner(2, 2), new Polygon.Corner(-0.5, 2));
  }

  @Test
  void unitsBehindUnitsShadeWhatTheirLinesCut() {
    String xor = "h1 = -1.5 + x1 - x2; h2 = -1.5 - x1 + x2; y = sign(1.5 + h1 + h2)";
    assertThat(area(parts(xor, Squash.SIGN))).isCloseTo(2.5 * 2.5, within(1e-9));
    String never = "h1 = x1; h2 = -x1; y = sign(-2.5 + h1 + h2 + 0*x2)";
    assertThat(parts(never, Squash.SIGN)).isEmpty();
  }

  @Test
  void curvedBordersAreCloselyFollowed() {
    assertThat(area(parts("y = sign(1 - x1*x1 - x2*x2)", Squash.SIGN)))
        .isCloseTo(Math.PI, within(0.01));
    // The sum jumps at the circle, and nowhere is 0.
    assertThat(area(parts("h = 1 - x1*x1 - x2*x2; y = sign(h - 0.5)", Squash.SIGN)))
        .isCloseTo(Math.PI, within(0.01));
  }

  /** Stripes came from shapes that touch. */
  @Test
  void theShadingIsOneShape() {
    String svg = NeuronPage.svg("-1.5 + x1 + x2", Squash.SIGN, Coding.SIGNS).toString();
    assertThat(svg.split("fill-opacity", -1)).hasSize(2);
  }
}
