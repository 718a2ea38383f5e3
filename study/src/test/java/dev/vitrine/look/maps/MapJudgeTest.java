package dev.vitrine.look.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.look.kernel.Kernel;
import dev.vitrine.look.kernel.KernelPass;
import dev.vitrine.look.kernel.Matrix;
import dev.vitrine.look.kernel.Padding;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps that planted kernels make of drawn digits, whose kind is known. */
class MapJudgeTest {
  private static final int PICTURES = 12;
  private static final Dataset DIGITS = Digits.test(Seed.of(1), PICTURES);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "identity | COPY",
        "0 0 0; 0 2.5 0; 0 0 0 | CONTRAST",
        "0 0 0; 0 0.5 0; 0 0 0 | CONTRAST",
        "0 0 0; 0 -1 0; 0 0 0 | INVERTED",
        "box:5 | BLURRED",
        "box:7 | BLURRED",
        "gauss:7:2 | BLURRED",
        "1 0 -1; 2 0 -2; 1 0 -1 | VERTICAL",
        "-1 1 | VERTICAL",
        "1 2 1; 0 0 0; -1 -2 -1 | HORIZONTAL",
        "0 1 2; -1 0 1; -2 -1 0 | SLANTED"
      })
  void plantedKernels(String kernel, MapKind kind) {
    for (Padding padding : List.of(Padding.ZERO, Padding.VALID)) {
      for (int i = 0; i < PICTURES; i++) {
        assertThat(judged(kernel, padding, i, false)).as("picture %s", i).isEqualTo(kind);
      }
    }
  }

  /** A ReLU leaves one side of an edge, which is told all the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 0 -1; 2 0 -2; 1 0 -1 | VERTICAL",
        "1 2 1; 0 0 0; -1 -2 -1 | HORIZONTAL",
        "identity | COPY"
      })
  void behindARelu(String kernel, MapKind kind) {
    for (int i = 0; i < PICTURES; i++) {
      assertThat(judged(kernel, Padding.ZERO, i, true)).as("picture %s", i).isEqualTo(kind);
    }
  }

  @Test
  void blankBesideOthers() {
    Plane picture = picture(0);
    Plane nothing = picture.map(_ -> 0.3);
    List<MapJudge.Verdict> verdicts = new MapJudge(picture).of(List.of(nothing, picture));
    assertThat(verdicts.getFirst().kind()).isEqualTo(MapKind.BLANK);
    assertThat(verdicts.getLast().words()).isEqualTo("near copy, contrast ×1.00");
  }

  /** The size of changes is what a map of all edges shows. */
  @Test
  void edgesOfAllDirections() {
    Plane picture = picture(3);
    double[] right = picture.rightward().values();
    double[] down = picture.downward().values();
    double[] sizes = new double[right.length];
    Arrays.setAll(sizes, i -> Math.hypot(right[i], down[i]));
    MapKind kind = new MapJudge(picture).of(List.of(new Plane(28, sizes))).getFirst().kind();
    assertThat(kind).isEqualTo(MapKind.EDGES);
  }

  @Test
  void noiseIsNothingOfThese() {
    double[] noise = new double[784];
    Arrays.setAll(noise, i -> Seed.of(5).stream("noise").normal(i));
    MapJudge judge = new MapJudge(picture(1));
    assertThat(judge.of(List.of(new Plane(28, noise))).getFirst().kind()).isEqualTo(MapKind.OTHER);
  }

  /** A line's thickness is its width. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "5"})
  void thickness(int width) {
    double[] line = new double[60 * 60];
    for (int row = 0; row < 60; row++) {
      Arrays.fill(line, row * 60 + 20, row * 60 + 20 + width, 1);
    }
    assertThat(new Plane(60, line).thickness()).isCloseTo(width, within(1e-12));
  }

  private static MapKind judged(String kernel, Padding padding, int number, boolean relu) {
    Plane picture = picture(number);
    Matrix numbers = Kernel.parse(kernel).numbers();
    KernelPass pass = new KernelPass(numbers, padding, 1, true);
    Matrix made = pass.over(new Matrix(28, 28, picture.values()));
    Plane map = new Plane(made.columns(), made.values());
    Plane seen = relu ? map.map(v -> Math.max(v, 0)) : map;
    return new MapJudge(picture).of(List.of(seen)).getFirst().kind();
  }

  private static Plane picture(int number) {
    double[] values = new double[784];
    Arrays.setAll(values, i -> DIGITS.pixel(number, i) / 255.0);
    return new Plane(28, values);
  }
}
