package dev.vitrine.plan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Graph;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans that no array holds are refused in a sentence, before any memory is asked for. */
class TooLargeTest {
  private static final String ACTIVATIONS =
      "The network needs more than 2^31 activations at once: use a smaller batch or network";

  private static void refused(Layer layer, Shape input, int batch, String sentence) {
    Graph graph = new Graph();
    Value y = layer.apply(new NetworkBuilder(graph, Mode.INFERENCE), graph.input("x", input));
    Parameters parameters =
        Parameters.zeros(Layout.of(Map.of("weight", Shape.of(1, 1, 1, 1), "bias", Shape.of(1))));
    try (Workers alone = new Workers(1)) {
      Planner planner = Planner.of(graph, parameters).outputs(y).batchSize(batch);
      assertThatThrownBy(() -> planner.plan(new ScalarKernels(), alone))
          .isInstanceOf(UserException.class)
          .hasMessage(sentence);
    }
  }

  @Test
  void activations() {
    Layer mean = GlobalAvgPool2d.of();
    refused(mean, Shape.of(1, 1 << 14, 1 << 13), 1, ACTIVATIONS);
    refused(mean, Shape.of(1, 1 << 10, 1 << 10), 4096, ACTIVATIONS);
    refused(mean, Shape.of(1, 1, 2), Integer.MAX_VALUE, ACTIVATIONS);
  }

  @Test
  void withTheirPadding() {
    refused(Conv2d.of(1, 1).padding(20_000), Shape.of(1, 2, 2), 1, ACTIVATIONS);
  }

  @Test
  void windowsOfPoolings() {
    Layer pool = Sequential.of(MaxPool2d.of(2000).stride(1));
    refused(
        pool,
        Shape.of(1, 2100, 2100),
        1,
        "A pooling of 2000×2000 to (1, 101, 101) has windows of more than 2^31 elements together: use a smaller window or a larger stride");
  }
}
