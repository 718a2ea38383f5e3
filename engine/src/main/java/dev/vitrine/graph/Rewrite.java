package dev.vitrine.graph;

import dev.vitrine.op.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A graph written anew from another, which stays as it is: value by value in its order, each copied
 * within its scope and under its name, unless it is to be replaced or dropped.
 *
 * <pre>{@code
 * Rewrite.Result result =
 *     Rewrite.of(graph)
 *         .replace(tanh, at -> at.graph().sigmoid(at.now(tanh.inputs().getFirst())))
 *         .replace(y, at -> at.graph().scale(at.copy(), 2)) // put something behind y
 *         .run();
 * Value output = result.of(oldOutput);
 * }</pre>
 *
 * Folding normalisations into weights is such a rewrite.
 */
public final class Rewrite {
  private final Graph from;
  private final Map<Value, Change> changes = new HashMap<>();
  private final Set<Value> dropped = new HashSet<>();

  private record Change(String scope, Replacement replacement) {}

  private Rewrite(Graph from) {
    this.from = from;
  }

  /**
   * {@return a rewrite that changes nothing yet}
   *
   * @param from the graph to rewrite; it is not changed
   */
  public static Rewrite of(Graph from) {
    Objects.requireNonNull(from, "from");
    return new Rewrite(from);
  }

  /** What stands in a value's place. */
  @FunctionalInterface
  public interface Replacement {
    /**
     * Adds values to the new graph.
     *
     * @param place the old value, and the graph to add to
     * @return the one that everything reads that read the old value; of its shape, and per example
     *     if it was
     */
    Value write(Place place);
  }

  /**
   * Writes something else in a value's place, in the scope of the old one.
   *
   * @param old a value of the old graph
   * @param replacement what is written in its place
   * @return this
   * @throws IllegalArgumentException if the value is of another graph, or is changed already
   */
  public Rewrite replace(Value old, Replacement replacement) {
    Objects.requireNonNull(old, "old");
    return replace(old, old.scope(), replacement);
  }

  /**
   * {@link #replace(Value, Replacement)} in the scope of another layer.
   *
   * @param old a value of the old graph
   * @param scope the path of that layer
   * @param replacement what is written in its place
   * @return this
   */
  public Rewrite replace(Value old, String scope, Replacement replacement) {
    Objects.requireNonNull(old, "old");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(replacement, "replacement");
    requireUnchanged(old);
    changes.put(old, new Change(scope, replacement));
    return this;
  }

  /**
   * Leaves values out; nothing that stays may read them.
   *
   * @param values values of the old graph
   * @return this
   * @throws IllegalArgumentException if one is of another graph, or is changed already
   */
  public Rewrite drop(Collection<Value> values) {
    Objects.requireNonNull(values, "values");
    for (Value value : values) {
      requireUnchanged(value);
      dropped.add(value);
    }
    return this;
  }

  private void requireUnchanged(Value old) {
    if (!from.owns(old)) {
      throw new IllegalArgumentException(old + " belongs to another graph than the one rewritten");
    }
    if (changes.containsKey(old) || dropped.contains(old)) {
      throw new IllegalArgumentException(old + " is replaced or dropped already");
    }
  }

  /**
   * Writes the new graph.
   *
   * @return the new graph, and what the old values are in it
   * @throws IllegalArgumentException if something reads what was dropped, or a replacement is not
   *     of the new graph, or has another shape than the value in whose place it stands
   */
  public Result run() {
    Graph to = new Graph();
    Map<Value, Value> now = new HashMap<>();
    for (Value old : from.values()) {
      if (!dropped.contains(old)) {
        Place place = new Place(to, old, now);
        Change change = changes.getOrDefault(old, new Change(old.scope(), Place::copy));
        Value written = to.within(change.scope, () -> change.replacement.write(place));
        requireOwn(to, old, written);
        requireAlike(old, written);
        now.put(old, written);
      }
    }
    return new Result(to, Map.copyOf(now));
  }

  private static void requireOwn(Graph to, Value old, Value written) {
    if (!to.owns(written)) {
      throw new IllegalArgumentException(
          "%s cannot stand in the place of %s: it belongs to another graph than the new one; ask its place what a value is now"
              .formatted(written, old));
    }
  }

  private static void requireAlike(Value old, Value written) {
    if (!written.shape().equals(old.shape()) || written.perExample() != old.perExample()) {
      throw new IllegalArgumentException(
          "%s cannot stand in the place of %s: a replacement has the same shape, and differs from example to example only if the old value did"
              .formatted(written, old));
    }
  }

  /** Where a replacement is written. */
  public static final class Place {
    private final Graph graph;
    private final Value old;
    private final Map<Value, Value> now;

    private Place(Graph graph, Value old, Map<Value, Value> now) {
      this.graph = graph;
      this.old = old;
      this.now = now;
    }

    /** {@return the new graph, to add to} */
    public Graph graph() {
      return graph;
    }

    /**
     * {@return what an earlier value of the old graph is now}
     *
     * @param earlier a value of the old graph
     * @throws IllegalArgumentException if it was dropped, or does not come before
     */
    public Value now(Value earlier) {
      Objects.requireNonNull(earlier, "earlier");
      Value value = now.get(earlier);
      if (value == null) {
        throw new IllegalArgumentException(
            "%s reads %s, which is dropped or comes later".formatted(old, earlier));
      }
      return value;
    }

    /**
     * Adds the old value as it was, reading what its inputs are now.
     *
     * @return its copy in the new graph
     */
    public Value copy() {
      return graph.apply(old.op(), old.inputs().stream().map(this::now).toArray(Value[]::new));
    }
  }

  /**
   * A rewritten graph.
   *
   * @param graph the new graph
   * @param values from the old values that were not dropped to what they are now
   */
  public record Result(Graph graph, Map<Value, Value> values) {
    /** Refuses {@code null}. */
    public Result {
      Objects.requireNonNull(graph, "graph");
      Objects.requireNonNull(values, "values");
    }

    /**
     * {@return what an old value is now}
     *
     * @param old a value of the old graph
     * @throws IllegalArgumentException if it was dropped, or never was in the graph
     */
    public Value of(Value old) {
      return find(old)
          .orElseThrow(() -> new IllegalArgumentException(old + " is not in the rewritten graph"));
    }

    /**
     * {@return what an old value is now, unless it was dropped}
     *
     * @param old a value of the old graph
     */
    public Optional<Value> find(Value old) {
      Objects.requireNonNull(old, "old");
      return Optional.ofNullable(values.get(old));
    }
  }
}
