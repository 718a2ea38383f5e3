package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/** A value that no op computes: it is given from outside. Its derivative ends there. */
public sealed interface Leaf extends Op {
  /** The shape of the value. */
  Shape shape();

  @Override
  default int arity() {
    return 0;
  }

  @Override
  default Shape shape(List<Shape> inputs) {
    return shape();
  }

  @Override
  default void evaluate(Call call) {
    throw new IllegalStateException("A leaf is given, not computed: " + this);
  }

  @Override
  default void gradient(Adjoint adjoint) {
    // No inputs, so nothing to hand on.
  }

  /** Given anew for every example: an image, a label. */
  record Input(String name, Shape shape) implements Leaf {
    @Override
    public Batching batching() {
      return Batching.SPREAD;
    }
  }

  /** Learned: shared by all examples, found by its name in a {@code Parameters}. */
  record Parameter(String name, Shape shape) implements Leaf {}

  /** Carried, not learned: shared by all examples, found like a parameter. */
  record Buffer(String name, Shape shape) implements Leaf {}

  /** The same number in every element, shared by all examples. */
  record Constant(double number, Shape shape) implements Leaf {
    @Override
    public void evaluate(Call call) {
      java.util.Arrays.fill(call.out(), number);
    }
  }
}
