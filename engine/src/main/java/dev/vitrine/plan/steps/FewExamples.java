package dev.vitrine.plan.steps;

import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a plan for few examples knows beside a {@link Lowering}: which values lie example by
 * example, and the forms of weights that suit them.
 */
public final class FewExamples {
  private final Frozen frozen;
  private final int examples;
  private final Map<Value, Placed> places = new HashMap<>();

  /** A form of a parameter, from where it starts in the parameters' array. */
  private record Form(int offset, Shape shape, Object what) {}

  /**
   * Nothing known yet.
   *
   * @param examples the largest batch
   */
  public FewExamples(Frozen frozen, int examples) {
    this.frozen = frozen;
    this.examples = examples;
  }

  /** The largest batch. */
  public int examples() {
    return examples;
  }

  boolean has(Value y) {
    return places.containsKey(y);
  }

  Placed placed(Value y) {
    return places.get(y);
  }

  /** A new place for a value that is about to be computed. */
  public Placed place(Value y) {
    return same(y, Placed.of(y.shape(), examples));
  }

  Placed input(Value y) {
    return same(y, Placed.input(y.shape(), examples));
  }

  /** States that a value's numbers lie there. */
  Placed same(Value y, Placed place) {
    places.put(y, place);
    return place;
  }

  /** Whether a value is a parameter, and so has forms. */
  public boolean isFixed(Value w) {
    return w.op() instanceof Leaf.Parameter || w.op() instanceof Leaf.Buffer;
  }

  /**
   * A form of a parameter.
   *
   * @param what what it is, beside the parameter
   * @param make makes it
   */
  public float[] form(Lowering l, Value w, Object what, Supplier<float[]> make) {
    return frozen.form(new Form(l.flat(w).offset(), w.shape(), what), make);
  }
}
