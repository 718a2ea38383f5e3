package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.Value;
import dev.vitrine.predict.Predictor;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.StoredTensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The steps between Toronto's stored activations that need no weights: the input from its picture,
 * pooling and softmax. {@link AlexNetResponsesTest} has the normalisations.
 */
class TorontoActivationsTest {
  private static final int SIDE = 227;

  private static Path file(String name) {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    return Path.of(data, "alexnet", name);
  }

  private static StoredTensor stored(String name) {
    return Weights.read(file(name + ".mat")).tensors().firstEntry().getValue();
  }

  /** The shape of (1, H, W, C) as (C, H, W). */
  private static Shape shape(StoredTensor tensor) {
    return Shape.of(size(tensor, 3), size(tensor, 1), size(tensor, 2));
  }

  private static int size(StoredTensor tensor, int axis) {
    return Math.toIntExact(tensor.dims().get(axis));
  }

  /** The elements of (1, H, W, C) as (C, H, W). */
  private static float[] elements(StoredTensor tensor) {
    float[] stored = tensor.floats();
    int channels = size(tensor, 3);
    int plane = stored.length / channels;
    float[] x = new float[stored.length];
    for (int k = 0; k < x.length; k++) {
      x[k] = stored[k % plane * channels + k / plane];
    }
    return x;
  }

  /** {@code poodle.png} minus its mean, red lost; the script works in single precision. */
  @Test
  void theInputIsThePicture() {
    StoredTensor input = stored("input");
    assertThat(shape(input)).isEqualTo(Shape.of(3, SIDE, SIDE));
    Preprocessing toronto = Preprocessing.TORONTO;
    var picture = ImageFile.read(file("poodle.png"), 255).picture();
    float[] got = toronto.numbers(toronto.view(picture, shape(input)), shape(input));
    float[] expected = elements(input);
    assertThat(got).hasSameSizeAs(expected);
    for (int k = 0; k < got.length; k++) {
      assertThat(Math.abs(got[k] - expected[k])).as("element %s", k).isLessThan(2e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"lrn1, maxpool1", "lrn2, maxpool2", "conv5, maxpool5"})
  void poolingIsExact(String before, String after) {
    StoredTensor x = stored(before);
    StoredTensor y = stored(after);
    try (Predictor pool = Predictor.of(Model.of(MaxPool2d.of(3).stride(2), shape(x)))) {
      assertThat(pool.predict(elements(x))).containsExactly(elements(y));
    }
  }

  /** The largest is class 266, a miniature poodle, with 50.4 %; farthest off, by 1.34e-6. */
  @Test
  void softmaxIsToAMillionth() {
    float[] logits = stored("fc8").floats();
    float[] expected = stored("prob").floats();
    Graph graph = new Graph();
    Value y = graph.apply(new Softmax(), graph.input("x", Shape.of(logits.length)));
    double[] x = new double[logits.length];
    for (int k = 0; k < x.length; k++) {
      x[k] = logits[k];
    }
    double[] got = new Interpreter(1).input("x", x).run(graph).of(y, 0);
    int best = 0;
    for (int k = 0; k < got.length; k++) {
      assertThat(Math.abs(got[k] - expected[k])).as("class %s", k).isLessThan(1.35e-6);
      best = got[k] > got[best] ? k : best;
    }
    assertThat(best).isEqualTo(266);
    assertThat(Math.round(1000 * got[best])).isEqualTo(504);
  }
}
