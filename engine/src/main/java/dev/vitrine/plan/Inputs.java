package dev.vitrine.plan;

import dev.vitrine.error.Quote;
import dev.vitrine.kernel.ByteTable;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.steps.Panels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A plan's inputs: where examples are put, and whether any were. */
public final class Inputs {
  private static final int LANES = Kernels.LANES;

  /** One input's place, in panels too if {@code panels} is not {@code null}. */
  private static final class Place {
    private final String name;
    private final Buffer buffer;
    private final Panels panels;
    private final Given given;

    private Place(String name, Buffer buffer, Panels panels, int batchSize) {
      given = new Given(batchSize);
      this.name = name;
      this.buffer = buffer;
      this.panels = panels;
    }
  }

  private final Map<String, Place> byName = new LinkedHashMap<>();
  private final Place[] places;
  private final int batchSize;
  private final BulkLoad loading;

  Inputs(Map<String, Buffer> inputs, Map<Buffer, Panels> panels, int batchSize, BulkLoad loading) {
    inputs.forEach(
        (name, buffer) -> byName.put(name, new Place(name, buffer, panels.get(buffer), batchSize)));
    places = byName.values().toArray(Place[]::new);
    this.batchSize = batchSize;
    this.loading = loading;
  }

  void set(String name, int example, float... elements) {
    Place place = place(name, example);
    Buffer buffer = place.buffer;
    requireSize(place, example, elements.length);
    place.given.add(example);
    if (buffer.byExample) {
      System.arraycopy(elements, 0, buffer.data(), buffer.block(example), elements.length);
      return;
    }
    int at = buffer.block(example / LANES) + example % LANES;
    for (int e = 0; e < elements.length; e++) {
      buffer.data()[at + e * LANES] = elements[e];
    }
    if (place.panels != null) {
      place.panels.put(example, elements, 0);
    }
  }

  void set(String name, int example, float number) {
    Place place = place(name, example);
    Buffer buffer = place.buffer;
    if (buffer.elements != 1) {
      throw new IllegalArgumentException(
          "Input %s expects %s numbers for each example, but got one for example %s"
              .formatted(Quote.of(name), buffer.elements, example));
    }
    place.given.add(example);
    boolean alone = buffer.byExample;
    int at = buffer.block(alone ? example : example / LANES) + (alone ? 0 : example % LANES);
    buffer.data()[at] = number;
    if (place.panels != null) {
      place.panels.put(example, buffer.data(), at);
    }
  }

  /**
   * Puts the first {@code count} examples of an input in their places. If that fails, nobody knows
   * which of them are there, so the input's examples are forgotten.
   */
  void load(String name, int count, Plan.Bytes bytes, float[] table, Workers workers) {
    Place place = place(name, 0);
    requireRoom(name, count);
    int elements = place.buffer.elements;
    int channels = table.length / ByteTable.VALUES;
    if (channels == 0 || table.length != channels * ByteTable.VALUES || elements % channels != 0) {
      throw new IllegalArgumentException(
          "Input %s of %s numbers expects a table of 256 numbers, or 256 a channel, but got %s"
              .formatted(Quote.of(name), elements, table.length));
    }
    loading.set(place.buffer, place.panels, count, loading.numbers(name, elements, bytes, table));
    run(place, count, workers);
  }

  /** The same of examples that are numbers, {@code examples[from]} the first. */
  void load(String name, int count, float[][] examples, int from, Workers workers) {
    Place place = place(name, 0);
    requireRoom(name, count);
    for (int i = 0; i < count; i++) {
      requireSize(place, i, Objects.requireNonNull(examples[from + i], "an example").length);
    }
    if (place.buffer.byExample) {
      for (int i = 0; i < count; i++) {
        set(name, i, examples[from + i]);
      }
      return;
    }
    loading.set(
        place.buffer,
        place.panels,
        count,
        (i, row, to) -> System.arraycopy(examples[from + i], 0, row, to, place.buffer.elements));
    run(place, count, workers);
  }

  private void run(Place place, int count, Workers workers) {
    try {
      workers.run(loading);
    } catch (RuntimeException e) {
      place.given.clear();
      throw e;
    } finally {
      loading.forget();
    }
    place.given.addAll(count);
  }

  private void requireRoom(String name, int count) {
    if (count < 1 || count > batchSize) {
      throw new IllegalArgumentException(
          "The plan has room for 1 to %s examples, but got %s of input %s"
              .formatted(batchSize, count, Quote.of(name)));
    }
  }

  private static void requireSize(Place place, int example, int size) {
    if (size != place.buffer.elements) {
      throw new IllegalArgumentException(
          "Input %s expects %s numbers for each example, but got %s for example %s"
              .formatted(Quote.of(place.name), place.buffer.elements, size, example));
    }
  }

  private Place place(String name, int example) {
    Place place = byName.get(name);
    if (place == null) {
      throw new IllegalArgumentException(
          "There is no input %s: the plan reads %s".formatted(Quote.of(name), byName.keySet()));
    }
    if (example < 0 || example >= batchSize) {
      throw new IllegalArgumentException(
          "The plan has room for %s examples, from 0 on, but got example %s of input %s"
              .formatted(batchSize, example, Quote.of(name)));
    }
    return place;
  }

  /** What was never given holds zeros, and a run on them would look like a result. */
  void requireGiven(int count) {
    for (Place place : places) {
      int missing = place.given.firstMissing();
      if (missing < count) {
        throw new IllegalStateException(
            place.given.isEmpty()
                ? "Input %s was given no example: give them before the run"
                    .formatted(Quote.of(place.name))
                : "Input %s was given no example %s, but the run is of %s, from 0 on: give it first"
                    .formatted(Quote.of(place.name), missing, count));
      }
    }
  }

  void forget() {
    for (Place place : places) {
      place.given.clear();
    }
  }

  /**
   * Repeats the last example in the lanes without one: their numbers stay finite if its are, and so
   * times a zero gradient they are zero.
   */
  void fillEmptyLanes(Batch batch) {
    int block = batch.blocks() - 1;
    int lanes = batch.lanes(block);
    for (Place place : places) {
      Buffer x = place.buffer;
      for (int e = 0; e < x.elements && lanes < LANES && !x.byExample; e++) {
        int at = x.block(block) + e * LANES;
        Arrays.fill(x.data(), at + lanes, at + LANES, x.data()[at + lanes - 1]);
      }
    }
  }
}
