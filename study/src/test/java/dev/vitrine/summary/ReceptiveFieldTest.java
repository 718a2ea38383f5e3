package dev.vitrine.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.Slice;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.op.Leaf;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReceptiveFieldTest {
  private static final int SIDE = 33;

  /** VGG-16 and AlexNet: as published. GoogLeNet: 7, 7 + 2·2, 11 + 2·4, 19 + 2·4, 27 + 4·8. */
  @ParameterizedTest
  @CsvSource({
    "vgg16, pool5, 212, 32",
    "alexnet, pool3, 195, 32",
    "lenet5, pool2, 16, 4",
    "googlenet, inception3a, 59, 8"
  })
  void knownFields(String model, String layer, String size, String jump) {
    ReceptiveField field =
        ZooFactsTest.of(model).rows().stream()
            .filter(row -> row.name().equals(layer))
            .findFirst()
            .orElseThrow()
            .field()
            .orElseThrow();
    assertThat(field.size()).isEqualTo(size);
    assertThat(field.jump()).isEqualTo(jump);
  }

  private static final List<Layer> NETWORKS =
      List.of(
          Sequential.of(
              Conv2d.of(1, 3).padding(1),
              AvgPool2d.of(2),
              Parallel.of(Conv2d.of(1, 3).padding(1), Conv2d.of(1, 3).dilation(2).padding(2)),
              Conv2d.of(1, 2).stride(2)),
          Sequential.of(Conv2d.of(1, 1, 7).stride(2, 1), MaxPool2d.of(3, 2).dilation(2, 3)),
          Sequential.of(
              Parallel.of(Conv2d.of(1, 1, 7).padding(0, 3), Conv2d.of(1, 5, 1).padding(2, 0)),
              Conv2d.of(1, 1)),
          Sequential.of(
              Parallel.of(Conv2d.of(1, 2).padding(1, 0, 0, 1), Conv2d.of(1, 2).padding(0, 1, 1, 0)),
              Conv2d.of(1, 1)),
          ConvTranspose2d.of(1, 3, 2).stride(2, 3).dilation(1, 2),
          ConvTranspose2d.of(1, 3).stride(2),
          ConvTranspose2d.of(1, 2).stride(3),
          ConvTranspose2d.of(1, 5).stride(2).dilation(3),
          ConvTranspose2d.of(1, 4).stride(4).dilation(2).padding(1),
          Sequential.of(AvgPool2d.of(3), ConvTranspose2d.of(1, 4).stride(2), Conv2d.of(1, 2)),
          Sequential.of(
              ConvTranspose2d.of(1, 2).stride(2), Conv2d.of(1, 2), Conv2d.of(1, 2).stride(2)),
          Sequential.of(ConvTranspose2d.of(1, 3).stride(2), Conv2d.of(1, 1).stride(2)),
          Sequential.of(
              ConvTranspose2d.of(1, 3).stride(2), Slice.of(1, 1, 60), Conv2d.of(1, 1).stride(2)),
          Sequential.of(
              ConvTranspose2d.of(1, 3).stride(2), ZeroPad2d.of(3), Conv2d.of(1, 1).stride(2)),
          Sequential.of(Conv2d.of(1, 3), AdaptiveAvgPool2d.of(5, 13)),
          Sequential.of(
              ConvTranspose2d.of(1, 3).stride(2),
              AdaptiveAvgPool2d.of(21, 30),
              Conv2d.of(1, 3).stride(2)),
          Sequential.of(
              ConvTranspose2d.of(1, 3).stride(2),
              ConvTranspose2d.of(1, 4).stride(3).padding(2),
              AvgPool2d.of(4).stride(2),
              Conv2d.of(1, 3).stride(3).dilation(2)));

  static List<Layer> networks() {
    return NETWORKS;
  }

  /**
   * A field reaches from the first to the last row (or column) of pixels that change an element,
   * and of the elements in the middle those which see furthest count.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void itIsWhatReachesAnElement(Layer network) {
    Summary.Row last = Summary.of(network, Shape.of(1, SIDE, SIDE)).rows().getLast();
    ReceptiveField field = last.field().orElseThrow();
    Shape y = last.output();
    long[] down = reached(network, y.size(1), y.size(2), /* columns= */ false);
    long[] right = reached(network, y.size(1), y.size(2), /* columns= */ true);
    assertThat(new long[] {field.height(), field.width()}).containsExactly(down[0], right[0]);
    assertThat(field.jumpDown() * down[2]).isCloseTo(down[1], offset(field.jumpDown() + 1));
    assertThat(field.jumpRight() * right[2]).isCloseTo(right[1], offset(field.jumpRight() + 1));
  }

  /**
   * The largest reach in the middle half; how far its two ends' first pixels and they are apart.
   */
  private static long[] reached(Layer network, int height, int width, boolean columns) {
    int elements = columns ? width : height;
    int[] first = new int[elements];
    int[] reaching = new int[elements];
    double[] untouched = output(network, new double[SIDE * SIDE]);
    for (int line = 0; line < SIDE; line++) {
      double[] touched = new double[SIDE * SIDE];
      for (int k = 0; k < SIDE; k++) {
        touched[columns ? k * SIDE + line : line * SIDE + k] = 1;
      }
      double[] y = output(network, touched);
      boolean[] changed = new boolean[elements];
      for (int k = 0; k < y.length; k++) {
        changed[columns ? k % width : k / width] |= y[k] != untouched[k];
      }
      for (int i = 0; i < elements; i++) {
        if (changed[i]) {
          first[i] = reaching[i] == 0 ? line : first[i];
          reaching[i] = line - first[i] + 1;
        }
      }
    }
    int from = elements / 4;
    int to = elements - from;
    while (reaching[from] == 0) {
      from++;
    }
    while (reaching[to] == 0) {
      to--;
    }
    long largest = Arrays.stream(reaching, from, to).max().orElseThrow();
    return new long[] {largest, first[to] - first[from], to - from};
  }

  @Test
  void aJumpMayBeAFraction() {
    Layer twice = Sequential.of(ConvTranspose2d.of(1, 3).stride(2), AvgPool2d.of(3));
    List<Summary.Row> rows = Summary.of(twice, Shape.of(1, 9, 9)).rows();
    assertThat(rows)
        .extracting(row -> row.field().orElseThrow().jump())
        .containsExactly("1/2", "3/2");
    assertThat(rows).extracting(row -> row.field().orElseThrow().size()).containsExactly("2", "3");
  }

  /** The bins of AdaptiveAvgPool2d are windows as large as the largest, a mean distance apart. */
  @ParameterizedTest
  @CsvSource({"5, 5, 9, 28/5", "2, 4, 16×9, 14×7", "28, 56, 3, 1×1/2", "1, 2, 30×16, 28×14"})
  void adaptivePooling(int high, int wide, String size, String jump) {
    Layer network = Sequential.of(Conv2d.of(1, 3).padding(1), AdaptiveAvgPool2d.of(high, wide));
    Summary.Row pool = Summary.of(network, Shape.of(1, 28, 28)).rows().getLast();
    assertThat(pool.field().orElseThrow().size()).isEqualTo(size);
    assertThat(pool.field().orElseThrow().jump()).isEqualTo(jump);
  }

  @Test
  void alexNetsPoolingOfAnOddSize() {
    NetworkSpec spec = Zoo.find("alexnet-torchvision", Shape.of(3, 256, 256), 1000);
    Summary.Row pool =
        Summary.of(spec.layers(), spec.input()).rows().stream()
            .filter(row -> row.name().equals("pool4"))
            .findFirst()
            .orElseThrow();
    assertThat(pool.field().orElseThrow().size()).isEqualTo("227");
    assertThat(pool.formulas().stream().map(f -> f.of() + ": " + f))
        .contains(
            "output: 6",
            "largest window: ⌈1·7/6⌉ − ⌊0·7/6⌋ = 2",
            "receptive field: 195 + (2 − 1)·32 = 227",
            "its jump: 32·7/6 = 37.3");
  }

  @Test
  void onlyAbsurdStridesHaveNone() {
    Layer absurd = ConvTranspose2d.of(1, 3).stride(5000);
    assertThat(Summary.of(absurd, Shape.of(1, 2, 2)).rows().getFirst().field()).isEmpty();
  }

  private static double[] output(Layer network, double[] image) {
    Model.Network traced = Model.inference(network, Shape.of(1, SIDE, SIDE));
    Interpreter interpreter = new Interpreter(1).input(Model.INPUT, image);
    for (Leaf.Parameter parameter : traced.graph().parameters()) {
      double[] ones = new double[parameter.shape().elements()];
      Arrays.fill(ones, 1);
      interpreter.parameter(parameter.name(), ones);
    }
    return interpreter.run(traced.graph()).of(traced.output(), 0);
  }

  @Test
  void vectorsHaveNone() {
    assertThat(ZooFactsTest.of("madaline").rows()).allMatch(row -> row.field().isEmpty());
    assertThat(ZooFactsTest.of("mlp").rows().getLast().field()).contains(ReceptiveField.ALL);
  }
}
