package dev.vitrine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** y = exp(w · x) beside tanh(x): what is computed again, and what is refused. */
class InterpreterTest {
  private final Graph graph = new Graph();
  private final Value x = graph.input("x", Shape.of(2));
  private final Value w = graph.parameter("w", Shape.of(2));
  private final Value beside = graph.tanh(x);
  private final Value y = graph.exp(graph.multiply(w, x));
  private final Interpreter numbers =
      new Interpreter(1).input("x", new double[] {1, 2}).parameter("w", 3, 4);

  private static void refused(String sentence, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(sentence);
  }

  @Test
  void aRerunComputesWhatDependsOnTheLeaf() {
    Interpreter.Values before = numbers.run(graph);
    Interpreter.Values after = numbers.parameter("w", 0.5, 0).rerun(graph, before, w);
    assertThat(after.of(y, 0)).containsExactly(Math.exp(0.5), 1);
    assertThat(after.of(beside, 0)).isSameAs(before.of(beside, 0));
    assertThat(before.of(w)).containsExactly(3, 4);
  }

  @Test
  void mistakes() {
    Interpreter.Values values = numbers.run(graph);
    Value other = new Graph().input("x", Shape.of(2));
    refused(other + " is not of the graph that was computed", () -> values.of(other, 0));
    refused(
        "The batch had 1 examples, from 0 on, but example 1 is asked for", () -> values.of(y, 1));
    refused(y + " differs from example to example: say which", () -> values.of(y));
    refused(w + " has 2 numbers: ask for its elements", () -> values.number(w));
    refused("A batch expects 1 example or more, but got 0", () -> new Interpreter(0));
    String stranger =
        "A rerun expects a leaf and an earlier run of the same graph, but got those of another";
    refused(stranger, () -> numbers.rerun(graph, values, other));
    refused(stranger, () -> numbers.rerun(new Graph(graph, 2), numbers.run(new Graph()), w));
  }
}
