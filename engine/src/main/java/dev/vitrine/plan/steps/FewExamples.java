package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Halves;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.tensor.Frozen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a plan for few examples knows beside a {@link Lowering}: which values lie example by
 * example, and the forms of weights that suit them.
 */
public final class FewExamples {
  private static final int LANES = Kernels.LANES;

  private final Frozen frozen;
  private final int examples;
  private final Map<Value, List<Value>> consumers;
  private final Map<Value, Placed> places = new HashMap<>();

  /** Concatenations of which a part has been placed already. */
  private final Map<Value, Placed> joined = new HashMap<>();

  /**
   * Nothing known yet.
   *
   * @param examples the largest batch
   * @param consumers for each value that must be computed, those that read it
   */
  public FewExamples(Frozen frozen, int examples, Map<Value, List<Value>> consumers) {
    this.consumers = consumers;
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

  /**
   * A new place for a value that is about to be computed: within the concatenation that reads it,
   * if its vectors are some of that one's, so that nothing need be copied.
   */
  public Placed place(Value y) {
    return same(y, home(y));
  }

  private Placed home(Value y) {
    Placed made = joined.get(y);
    if (made != null) {
      return made;
    }
    for (Value reader : consumers.get(y)) {
      int from = reader == null ? -1 : vectorsBefore(y, reader);
      if (from >= 0) {
        Placed whole = home(reader);
        joined.put(reader, whole);
        return whole.part(from, y.shape());
      }
    }
    return Placed.of(y.shape(), examples);
  }

  /** How many vectors of a concatenation's pixel lie before those of a value; -1 if it has none. */
  private static int vectorsBefore(Value y, Value reader) {
    int channels = 0;
    if (reader.op() instanceof Concat op && op.axis() == 0) {
      for (Value part : reader.inputs()) {
        int end = channels + Placed.channels(part.shape());
        boolean last = end == Placed.channels(reader.shape());
        if (part.equals(y)) {
          return channels % LANES == 0 && (end % LANES == 0 || last) ? channels / LANES : -1;
        }
        channels = end;
      }
    }
    return -1;
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
  public <T> T form(Value w, Object what, Supplier<T> make) {
    return frozen.form(name(w), what, make);
  }

  /**
   * What is made of a parameter's numbers, row-major.
   *
   * @param make makes it; it keeps no word of where they lie
   */
  public <T> T read(Value w, Function<Frozen.Place, T> make) {
    return frozen.read(name(w), make);
  }

  /** The parameters' numbers. */
  Frozen frozen() {
    return frozen;
  }

  /** Weights (outputs, terms) in 16 bits, if they are such numbers; they are kept so alone. */
  Optional<Halves> halves(Value w, int outputs, int terms) {
    String name = name(w);
    return frozen.form(
        name,
        Halves.class,
        () -> {
          Optional<Halves> halves =
              frozen.read(name, at -> Halves.of(at.array(), at.offset(), outputs, terms));
          halves.ifPresent(made -> frozen.restore(name, () -> made.singles(outputs)));
          return halves;
        });
  }

  /** The name of what is stored. */
  static String name(Value stored) {
    return switch (stored.op()) {
      case Leaf.Parameter parameter -> parameter.name();
      case Leaf.Buffer buffer -> buffer.name();
      default -> throw new IllegalArgumentException(stored + " has no stored numbers");
    };
  }
}
