package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Op;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What values have been turned into so far, while a graph is compiled: their buffers, and the steps
 * that fill them.
 */
public final class Lowering {
  public final Kernels kernels;

  /** Blocks of the largest batch. */
  public final int maxBlocks;

  /** What small batches are computed by; {@code null} if examples lie in lanes throughout. */
  public final FewExamples few;

  public final List<Step> steps = new ArrayList<>();
  public final Map<String, Buffer> inputs = new LinkedHashMap<>();
  private final Numbers parameters;
  private final Map<Value, List<Value>> consumers;
  private final Map<Value, Buffer> lanes = new HashMap<>();
  private final Map<Value, Buffer> flat = new HashMap<>();
  private final Map<Value, Buffer> bound = new HashMap<>();
  private final Map<Buffer, Panels> panels = new HashMap<>();
  private final Map<Derived, Buffer> derived = new HashMap<>();

  /** Something that several values' steps need of one buffer. */
  private record Derived(Buffer x, Object what) {}

  /**
   * @param consumers for each value that must be computed, those that read it; outputs have an
   *     extra {@code null}, so that nothing is fused across them
   */
  public Lowering(
      Kernels kernels,
      int maxBlocks,
      Numbers parameters,
      Map<Value, List<Value>> consumers,
      FewExamples few) {
    this.few = few;
    this.kernels = kernels;
    this.maxBlocks = maxBlocks;
    this.parameters = parameters;
    this.consumers = consumers;
  }

  /** Whether an output or a gradient depends on a value. */
  public boolean isNeeded(Value y) {
    return consumers.containsKey(y);
  }

  /** Whether a value has its place, and steps that compute it. */
  public boolean isDone(Value y) {
    return lanes.containsKey(y) || flat.containsKey(y) || (few != null && few.has(y));
  }

  /** States that a value's numbers are those of another. */
  public void same(Value y, Value x) {
    lanes.put(y, lanes(x));
  }

  /** Where a value lies example by example; {@code null} if nowhere. */
  public Placed placed(Value x) {
    return few == null ? null : few.placed(x);
  }

  /** Gives a value that is not computed its place. */
  public void leaf(Leaf leaf, Value y) {
    switch (leaf) {
      case Leaf.Input input -> {
        Buffer buffer =
            few == null ? Buffer.lanes(y.shape().elements(), maxBlocks) : few.input(y).buffer();
        if (few == null) {
          lanes.put(y, buffer);
        }
        inputs.put(input.name(), buffer);
      }
      // Where they are asked for: a plan may read another form of them alone.
      case Leaf.Parameter _, Leaf.Buffer _ -> {}
      case Leaf.Constant constant -> constant(constant, y);
    }
  }

  /** One number is at hand flat and in lanes; several are spread where lanes are asked for. */
  private void constant(Leaf.Constant constant, Value y) {
    int elements = y.shape().elements();
    if (constant.isUniform()) {
      Buffer buffer = Buffer.constant(elements, (float) constant.number(0));
      lanes.put(y, buffer);
      flat.put(y, Buffer.outside(buffer.data(), 0, elements));
      return;
    }
    float[] all = new float[(elements + Kernels.LANES - 1) / Kernels.LANES * Kernels.LANES];
    for (int i = 0; i < elements; i++) {
      all[i] = (float) constant.number(i);
    }
    flat.put(y, Buffer.outside(all, 0, elements));
  }

  private Buffer stored(String name) {
    Layout.Entry entry = parameters.layout().entry(name);
    Frozen.Place place = parameters.place(entry);
    return Buffer.outside(place.array(), place.offset(), entry.shape().elements());
  }

  /** A value's numbers in lanes, to read; a flat one is spread first. */
  public Buffer lanes(Value x) {
    Buffer known = lanes.get(x);
    if (known != null) {
      return known;
    }
    if (placed(x) != null) {
      Buffer together = ChannelSteps.toLanes(this, x, placed(x));
      lanes.put(x, together);
      return together;
    }
    Buffer spread = Buffer.sharedLanes(x.shape().elements());
    BatchSteps.spreadFlat(this, flat(x), spread);
    lanes.put(x, spread);
    return spread;
  }

  /** The lanes of input {@code i}. */
  public Buffer lanes(Value y, int i) {
    return lanes(y.inputs().get(i));
  }

  /** A shared value's elements, to read; one in lanes is gathered first. */
  public Buffer flat(Value x) {
    Buffer known = flat.get(x);
    if (known != null) {
      return known;
    }
    if (x.op() instanceof Leaf.Parameter || x.op() instanceof Leaf.Buffer) {
      Buffer stored = stored(FewExamples.name(x));
      flat.put(x, stored);
      return stored;
    }
    Buffer gathered = Buffer.flat(x.shape().elements());
    BatchSteps.gather(this, lanes.get(x), gathered);
    flat.put(x, gathered);
    return gathered;
  }

  /** A new place in lanes for a value that is about to be computed. */
  public Buffer newLanes(Value y) {
    Buffer buffer = newLanes(y.shape().elements(), y.perExample());
    lanes.put(y, buffer);
    return buffer;
  }

  /** A new place in lanes that belongs to no value. */
  public Buffer newLanes(long elements, boolean perExample) {
    return perExample ? Buffer.lanes(elements, maxBlocks) : Buffer.sharedLanes(elements);
  }

  /** A new place for so many vectors a block, laid out as another. */
  Buffer newLike(Buffer x, long vectors) {
    return x.byExample
        ? Buffer.channels(vectors, few.examples())
        : newLanes(vectors, x.perExample());
  }

  /** A flat place for a shared value that is about to be computed. */
  public Buffer newFlat(Value y) {
    Buffer place = bound.get(y);
    Buffer buffer = place == null ? Buffer.flat(y.shape().elements()) : place;
    flat.put(y, buffer);
    return buffer;
  }

  /** States that a value's flat place is to be this one, before it is lowered. */
  public void bind(Value y, Buffer place) {
    bound.put(y, place);
  }

  /**
   * The activation that alone reads a value, so that it can be applied as the value is stored;
   * {@code null} if there is none.
   */
  Value fusible(Value y) {
    List<Value> readers = consumers.get(y);
    return readers.size() == 1
            && readers.getFirst() != null
            && readers.getFirst().op() instanceof Unary
        ? readers.getFirst()
        : null;
  }

  /**
   * The addition of two different values that alone reads a value; {@code null} if there is none.
   */
  Value fusibleSum(Value y) {
    List<Value> readers = consumers.get(y);
    Value reader = readers.size() == 1 ? readers.getFirst() : null;
    return reader != null && reader.op() == Binary.ADD ? reader : null;
  }

  /**
   * The activation's derivative that alone reads a gradient, so that it can be applied while the
   * gradient is near; {@code null} if there is none.
   */
  Value fusibleDerivative(Value dy) {
    List<Value> readers = consumers.get(dy);
    Value reader = readers.size() == 1 ? readers.getFirst() : null;
    return reader != null
            && reader.op() instanceof Unary.Gradient
            && reader.inputs().get(1).equals(dy)
        ? reader
        : null;
  }

  /** A buffer's images with a border of zeros; made once for each border. */
  public Buffer padded(Buffer x, Padding padding) {
    if (padding.isEmpty()) {
      return x;
    }
    return derived(x, padding, () -> MoveSteps.pad(this, x, padding));
  }

  /** What is computed from a buffer, once however many ask for it. */
  public Buffer derived(Buffer x, Object what, Supplier<Buffer> make) {
    return derived.computeIfAbsent(new Derived(x, what), key -> make.get());
  }

  /** A value in lanes as panels; those of an input are filled with it, others by a step. */
  Panels panels(Value reader, Buffer x) {
    Panels known = panels.get(x);
    if (known != null) {
      return known;
    }
    Panels made = isInput(x) ? Panels.of(this, x) : AffineSteps.panels(this, reader, x);
    if (isInput(x)) {
      kernels.expect(made.copying());
    }
    panels.put(x, made);
    return made;
  }

  /** Whether examples are loaded into a buffer, not computed. */
  boolean isInput(Buffer x) {
    return inputs.containsValue(x);
  }

  /** The panels of the inputs that have some. */
  public Map<Buffer, Panels> inputPanels() {
    Map<Buffer, Panels> given = new HashMap<>(panels);
    given.keySet().retainAll(inputs.values());
    return given;
  }

  public void add(Step step) {
    steps.add(step);
  }

  public static String name(Value y, String what) {
    return y.scope().isEmpty() ? what : y.scope() + " " + what;
  }

  static String name(Value y) {
    Op op = y.op();
    return name(y, op instanceof Enum<?> ? op.toString() : op.getClass().getSimpleName());
  }
}
