package dev.vitrine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What a graph refuses. */
class GraphTest {
  private final Graph graph = new Graph();

  /** Both would read the numbers of that name, and each would have a gradient of its own. */
  @Test
  void twoLeavesOfOneNameAreRefused() {
    graph.parameter("w", Shape.of(3));
    graph.input("x", Shape.of(2));
    assertThatThrownBy(() -> graph.parameter("w", Shape.of(3)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The graph has \"w\" of (3) already, so it cannot have another parameter of that name, of"
                + " (3): use the value that is there, or another name");
    assertThatThrownBy(() -> graph.buffer("w", Shape.of(4)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("another buffer of that name, of (4)");
    assertThatThrownBy(() -> graph.input("x", Shape.of(2)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("another input of that name, of (2)");
    assertThat(graph.values()).hasSize(2);
  }

  @Test
  void aGrownGraphKnowsTheNamesOfItsOrigin() {
    graph.parameter("w", Shape.of(3));
    assertThatThrownBy(() -> new Graph(graph).parameter("w", Shape.of(3)))
        .isInstanceOf(UserException.class);
    assertThat(new Graph(graph, 0).parameter("w", Shape.of(5)).id()).isZero();
  }

  /** Inputs and stored numbers are found in different places. */
  @Test
  void anInputMayBeCalledAsAParameter() {
    Value w = graph.parameter("w", Shape.of(3));
    assertThat(graph.add(w, graph.input("w", Shape.of(3))).perExample()).isTrue();
  }

  @Test
  void multiplyAccumulatesAreThoseOfOneExample() {
    Model model =
        Model.of(
            Sequential.of(Conv2d.of(2, 3), Activation.relu(), Flatten.of(), Linear.of(5)),
            Shape.of(3, 4, 6));
    // 2 × 4 outputs of 2 filters of 3 × 3 × 3, then 5 sums of 16.
    assertThat(model.macs()).isEqualTo(2 * 4 * 2 * 27 + 5 * 16);
  }
}
