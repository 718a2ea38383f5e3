package dev.vitrine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.op.Leaf;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** y = tanh(w · x) + b, rewritten. */
class RewriteTest {
  private final Graph graph = new Graph();
  private final Value x = graph.input("x", Shape.of(2));
  private final Value w = graph.within("hidden", () -> graph.parameter("w", Shape.of(2)));
  private final Value product = graph.within("hidden", () -> graph.multiply(w, x));
  private final Value tanh = graph.within("act", () -> graph.tanh(product));
  private final Value b = graph.parameter("b", Shape.of(2));
  private final Value y = graph.add(tanh, b);

  private static double[] at(Rewrite.Result result, Value old) {
    return new Interpreter(1)
        .input("x", new double[] {1, 2})
        .parameter("w", 0.5, -1)
        .parameter("b", 10, 20)
        .run(result.graph())
        .of(result.of(old), 0);
  }

  private static void refused(String sentence, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(sentence);
  }

  @Test
  void aRewriteWithoutChangesIsACopy() {
    Rewrite.Result result = Rewrite.of(graph).run();
    assertThat(result.graph().values()).hasSameSizeAs(graph.values());
    for (Value old : graph.values()) {
      Value now = result.of(old);
      assertThat(now).isNotSameAs(old).hasToString(old.toString());
      assertThat(now.scope()).isEqualTo(old.scope());
      assertThat(now.perExample()).isEqualTo(old.perExample());
      assertThat(result.graph().owns(now)).isTrue();
    }
    assertThat(at(result, y)).containsExactly(10 + Math.tanh(0.5), 20 + Math.tanh(-2));
  }

  @Test
  void aValueIsReplacedInItsScope() {
    Rewrite.Result result =
        Rewrite.of(graph).replace(tanh, at -> at.graph().relu(at.now(product))).run();
    assertThat(at(result, y)).containsExactly(10.5, 20);
    assertThat(result.of(tanh).op()).isEqualTo(new Rectifier.Relu());
    assertThat(result.of(tanh).scope()).isEqualTo("act");
    assertThat(graph.values()).as("the old graph stays").contains(tanh).hasSize(6);
  }

  @Test
  void somethingIsPutBehindAValue() {
    Rewrite.Result result =
        Rewrite.of(graph).replace(product, "between", at -> at.graph().scale(at.copy(), 3)).run();
    assertThat(at(result, y)).containsExactly(10 + Math.tanh(1.5), 20 + Math.tanh(-6));
    assertThat(result.of(product).scope()).isEqualTo("between");
  }

  @Test
  void whatNothingReadsCanBeDropped() {
    Rewrite.Result result =
        Rewrite.of(graph)
            .drop(List.of(w, product))
            .replace(tanh, at -> at.graph().tanh(at.now(x)))
            .run();
    assertThat(at(result, y)).containsExactly(10 + Math.tanh(1), 20 + Math.tanh(2));
    assertThat(result.graph().parameters()).extracting(Leaf.Parameter::name).containsExactly("b");
    assertThat(result.find(product)).isEmpty();
    refused(product + " is not in the rewritten graph", () -> result.of(product));
  }

  /** A name that was dropped is free: a folded weight is called as the one it is made of. */
  @Test
  void aReplacementMayTakeADroppedName() {
    Rewrite.Result result =
        Rewrite.of(graph)
            .drop(List.of(w))
            .replace(
                product, at -> at.graph().add(at.graph().parameter("w", Shape.of(2)), at.now(x)))
            .run();
    assertThat(at(result, product)).containsExactly(1.5, 1);
  }

  @Test
  void mistakes() {
    Value other = new Graph().input("x", Shape.of(2));
    refused(
        other + " belongs to another graph than the one rewritten",
        () -> Rewrite.of(graph).drop(List.of(other)));
    refused(
        y + " is replaced or dropped already",
        () -> Rewrite.of(graph).drop(List.of(y)).replace(y, Rewrite.Place::copy));
    refused(
        tanh + " reads " + product + ", which is dropped or comes later",
        () -> Rewrite.of(graph).drop(List.of(product)).run());
    refused(
        tanh + " reads " + y + ", which is dropped or comes later",
        () -> Rewrite.of(graph).replace(tanh, at -> at.now(y)).run());
    refused(
        "%4 = Sum((2) → [])(%3) : () cannot stand in the place of %3 = Tanh[](%2) : (2): a replacement has the"
            + " same shape, and differs from example to example only if the old value did",
        () -> Rewrite.of(graph).replace(tanh, at -> at.graph().sum(at.copy())).run());
    refused(
        "%1 = Parameter[name=w, shape=(2)]() : (2) shared cannot stand in the place of %2 ="
            + " Multiply(%1, %0) : (2): a replacement has the same shape, and differs from example to"
            + " example only if the old value did",
        () -> Rewrite.of(graph).replace(product, at -> at.now(w)).run());
  }

  @Test
  void aReplacementIsOfTheNewGraph() {
    refused(
        "%s cannot stand in the place of %s: it belongs to another graph than the new one; ask its place what a value is now"
            .formatted(product, tanh),
        () -> Rewrite.of(graph).replace(tanh, at -> product).run());
  }
}
