package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;

/**
 * What happens to a sum of products as it is stored: nothing, or the one activation that reads it,
 * while the numbers are still in a register (ReLU) or in the nearest cache.
 *
 * @param output where the result goes: the value's own place, or the activation's
 */
public record Epilogue(Value value, Unary activation, Buffer output) {
  static Epilogue of(Lowering l, Value value) {
    return of(l, value, l.fusible(value));
  }

  /** With a ReLU or nothing, so that {@link #finish} has nothing to do. */
  public static Epilogue ofRelu(Lowering l, Value value) {
    Value activation = l.fusible(value);
    boolean relu = activation != null && activation.op() instanceof Rectifier.Relu;
    return of(l, value, relu ? activation : null);
  }

  /** Of few examples: with the activation, if it is a ReLU or any may be. */
  public static Epilogue channels(Lowering l, Value value, boolean any) {
    Value next = l.fusible(value);
    boolean fused = next != null && (any || next.op() instanceof Rectifier.Relu);
    Buffer output = l.few.place(fused ? next : value).buffer();
    return new Epilogue(value, fused ? (Unary) next.op() : null, output);
  }

  private static Epilogue of(Lowering l, Value value, Value activation) {
    return activation == null
        ? new Epilogue(value, null, l.newLanes(value))
        : new Epilogue(value, (Unary) activation.op(), l.newLanes(activation));
  }

  public String name(String what) {
    return Lowering.name(
        value, activation == null ? what : what + "+" + activation.getClass().getSimpleName());
  }

  /** The least number that is stored. */
  public float floor() {
    return activation instanceof Rectifier.Relu ? 0 : Float.NEGATIVE_INFINITY;
  }

  /** Applies what {@link #floor} does not to numbers just stored. */
  void finish(Kernels kernels, int at, int floats) {
    if (activation != null && !(activation instanceof Rectifier.Relu)) {
      kernels.unary(activation, output.data(), at, output.data(), at, floats);
    }
  }
}
