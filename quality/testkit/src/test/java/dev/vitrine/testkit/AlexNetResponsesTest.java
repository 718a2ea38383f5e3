package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Toronto's AlexNet: its stored activations before and after local response normalisation. */
class AlexNetResponsesTest {
  /** The largest response, 138.72, times eight roundings: a sum, its power, a product. */
  private static final double SINGLE = 138.72 * 8 * 0x1p-24;

  /** An activation (1, H, W, C), column by column as MATLAB stores it. */
  private record Activation(int height, int width, int channels, ByteBuffer data) {
    /** A level 5 MAT-file, not compressed, of one array of floats: nothing else is here. */
    static Activation read(Path file) throws IOException {
      ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int sizes = 128 + 8 + 16 + 8;
      int h = b.getInt(sizes + 4);
      int w = b.getInt(sizes + 8);
      int c = b.getInt(sizes + 12);
      int bytes = 4 * h * w * c;
      return new Activation(h, w, c, b.slice(b.limit() - bytes, bytes).order(b.order()));
    }

    /** The elements as (C, H, W). */
    float[] elements() {
      float[] x = new float[channels * height * width];
      for (int k = 0; k < x.length; k++) {
        int c = k / (height * width);
        int i = k / width % height;
        int j = k % width;
        x[k] = data.getFloat(4 * ((c * width + j) * height + i));
      }
      return x;
    }

    Shape shape() {
      return Shape.of(channels, height, width);
    }
  }

  /** The definition meets the files' numbers to 3e-5, plans meet the definition. */
  @ParameterizedTest
  @CsvSource({"conv1, lrn1", "conv2, lrn2"})
  void responses(String before, String after) throws IOException {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Path folder = Path.of(data, "alexnet");
    Activation x = Activation.read(folder.resolve(before + ".mat"));
    float[] expected = Activation.read(folder.resolve(after + ".mat")).elements();
    Model model = Model.of(LocalResponseNorm.undivided(2, 2e-5), x.shape());
    Model.Network network = model.inference();
    double[] exact =
        new Interpreter(1)
            .input(Model.INPUT, doubles(x.elements()))
            .run(network.graph())
            .of(network.output(), 0);
    assertThat(farthest(exact, doubles(expected))).isLessThan(3.1e-5);
    try (Workers alone = new Workers(1)) {
      Plan plan =
          Planner.of(network.graph(), model.parameters())
              .outputs(network.output())
              .plan(Engines.SIMD.kernels(), alone);
      plan.input(Model.INPUT, 0, x.elements());
      plan.run(1);
      float[] got = plan.read(network.output(), 0);
      assertThat(farthest(doubles(got), exact)).isLessThan(SINGLE);
    }
  }

  private static double farthest(double[] a, double[] b) {
    assertThat(a).hasSameSizeAs(b);
    double farthest = 0;
    for (int i = 0; i < a.length; i++) {
      farthest = Math.max(farthest, Math.abs(a[i] - b[i]));
    }
    return farthest;
  }

  private static double[] doubles(float[] a) {
    double[] doubles = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      doubles[i] = a[i];
    }
    return doubles;
  }
}
