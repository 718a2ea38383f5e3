package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a sum of products as it is stored: nothing, or a shortcut is added, the one
 * activation that reads it is applied, while the numbers are still in a register (ReLU) or in a
 * near cache.
 *
 * @param value the sum of products
 * @param addend what is added to it; {@code null} if nothing is
 * @param activation the function then applied; {@code null} if none is
 * @param output where the result goes: the place of the last value so computed
 */
public record Epilogue(Value value, Buffer addend, Unary activation, Buffer output) {
  static Epilogue of(Lowering l, Value value) {
    return of(l, value, l.fusible(value));
  }

  /** With a ReLU or nothing, so that {@link #finish} has nothing to do. */
  public static Epilogue ofRelu(Lowering l, Value value) {
    Value activation = l.fusible(value);
    boolean relu = activation != null && activation.op() instanceof Rectifier.Relu;
    return of(l, value, relu ? activation : null);
  }

  /** Of few examples: with whatever can be. */
  public static Epilogue channels(Lowering l, Value value) {
    Value sum = l.fusibleSum(value);
    Placed other = sum == null ? null : ChannelSteps.addend(l, sum, value);
    Value stored = other == null ? value : sum;
    Value next = l.fusible(stored);
    Placed place = l.few.place(next == null ? stored : next);
    l.few.same(stored, place);
    return new Epilogue(
        value,
        other == null ? null : other.buffer(),
        next == null ? null : (Unary) next.op(),
        place.buffer());
  }

  private static Epilogue of(Lowering l, Value value, Value activation) {
    return activation == null
        ? new Epilogue(value, null, null, l.newLanes(value))
        : new Epilogue(value, null, (Unary) activation.op(), l.newLanes(activation));
  }

  /** A step's name: all that it computes. */
  public String name(String what) {
    String sum = addend == null ? what : what + "+Add";
    return Lowering.name(
        value, activation == null ? sum : sum + "+" + activation.getClass().getSimpleName());
  }

  /** What a step reads, which reads that too, and what is added. */
  public List<Buffer> reads(Buffer... others) {
    List<Buffer> all = new ArrayList<>(List.of(others));
    if (addend != null) {
      all.add(addend);
    }
    return all;
  }

  /** The least number that is stored. */
  public float floor() {
    return addend == null && activation instanceof Rectifier.Relu ? 0 : Float.NEGATIVE_INFINITY;
  }

  /**
   * Does what {@link #floor} does not to numbers just stored.
   *
   * @param block of the output, and of what is added
   * @param from the first number, from the block's start
   * @param floats how many
   */
  public void finish(Kernels kernels, int block, int from, int floats) {
    int at = output.block(block) + from;
    if (addend != null) {
      float[] y = output.data();
      int other = addend.block(block) + from;
      kernels.binary(Binary.ADD, y, at, addend.data(), other, y, at, floats);
    }
    if (activation != null && (addend != null || !(activation instanceof Rectifier.Relu))) {
      kernels.unary(activation, output.data(), at, output.data(), at, floats);
    }
  }

  /** The same to sums that are not in their place yet, if nothing is added to them there. */
  public void activate(Kernels kernels, float[] sums, int floats) {
    if (addend == null && activation != null && !(activation instanceof Rectifier.Relu)) {
      kernels.unary(activation, sums, 0, sums, 0, floats);
    }
  }
}
