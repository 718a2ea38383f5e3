package dev.vitrine.xray;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Leaf;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** The field is as high as the rows of pixels that reach an element in the middle. */
  @Test
  void itIsWhatReachesAnElement() {
    Layer network =
        Sequential.of(
            Conv2d.of(1, 3).padding(1),
            AvgPool2d.of(2),
            Parallel.of(Conv2d.of(1, 3).padding(1), Conv2d.of(1, 3).dilation(2).padding(2)),
            Conv2d.of(1, 2).stride(2));
    Summary.Row last = Summary.of(network, Shape.of(1, SIDE, SIDE)).rows().getLast();
    ReceptiveField field = last.field().orElseThrow();
    int width = last.output().size(2);
    int middle = width / 2 * width + width / 2;
    double[] image = new double[SIDE * SIDE];
    double untouched = output(network, image)[middle];
    long reaching = 0;
    for (int row = 0; row < SIDE; row++) {
      double[] touched = image.clone();
      Arrays.fill(touched, row * SIDE, (row + 1) * SIDE, 1);
      reaching += output(network, touched)[middle] == untouched ? 0 : 1;
    }
    assertThat(field.height()).isEqualTo(field.width()).isEqualTo(reaching);
    assertThat(field.jumpDown()).isEqualTo(4);
  }

  private static double[] output(Layer network, double[] image) {
    Model.Network traced = Model.trace(network, Shape.of(1, SIDE, SIDE));
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
