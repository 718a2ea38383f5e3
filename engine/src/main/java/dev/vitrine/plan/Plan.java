package dev.vitrine.plan;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import java.util.List;
import java.util.Map;

/**
 * A compiled graph: all its buffers and its steps. It is filled with examples, run, and read;
 * nothing is allocated meanwhile, except by custom ops and dropout. One thread at a time may use
 * it.
 */
public final class Plan {
  /** Where a bulk load finds the bytes of examples. */
  public interface Bytes {
    /**
     * The array that holds example {@code i}'s elements, until the next load. Asked once an
     * example, before {@link #start}, so that they can be made then.
     */
    byte[] array(int i);

    /** The index of example {@code i}'s first element in it. */
    int start(int i);
  }

  private static final int LANES = Kernels.LANES;

  private final Step[] steps;
  private final int forwardSteps;
  private final Map<String, Buffer> inputs;
  private final Map<Buffer, Panels> inputPanels;
  private final Buffer[] given;
  private final Map<Value, Buffer> outputs;
  private final int batchSize;
  private final Workers workers;
  private final float[][] scratch;
  private final float[] arena;
  private final Batch batch = new Batch();
  private final Workers.Job job = new Running();
  private final BulkLoad loading;
  private long[] nanos;
  private long stamped;

  Plan(
      Kernels kernels,
      List<Step> steps,
      int forwardSteps,
      Map<String, Buffer> inputs,
      Map<Buffer, Panels> inputPanels,
      Map<Value, Buffer> outputs,
      int batchSize,
      Workers workers,
      float[] arena) {
    this.arena = arena;
    this.steps = steps.toArray(Step[]::new);
    this.forwardSteps = forwardSteps;
    this.inputs = inputs;
    this.inputPanels = inputPanels;
    given = inputs.values().toArray(Buffer[]::new);
    this.outputs = outputs;
    this.batchSize = batchSize;
    this.workers = workers;
    loading = new BulkLoad(kernels, workers.size());
    int floats = steps.stream().mapToInt(Step::scratch).max().orElse(0);
    scratch = new float[workers.size()][floats];
  }

  /** Bytes of activations, their gradients and scratch memory, all of which this plan holds. */
  public long bytes() {
    return Float.BYTES * (arena.length + (long) scratch.length * scratch[0].length);
  }

  /** The largest number of examples that can be run at once. */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Gives one example of an input.
   *
   * @param example its place in the batch
   * @param elements its numbers, row-major
   */
  public void input(String name, int example, float... elements) {
    Buffer buffer = inputBuffer(name);
    if (elements.length != buffer.elements || example < 0 || example >= batchSize) {
      throw new IllegalArgumentException(
          "Input '%s' expects %d numbers for an example below %d, but got %d for example %d"
              .formatted(name, buffer.elements, batchSize, elements.length, example));
    }
    int at = buffer.block(example / LANES) + example % LANES;
    for (int e = 0; e < elements.length; e++) {
      buffer.data[at + e * LANES] = elements[e];
    }
    Panels panels = inputPanels.get(buffer);
    if (panels != null) {
      panels.put(example, elements, 0);
    }
  }

  /**
   * Gives the first {@code count} examples of an input from bytes.
   *
   * @param bytes asked for by the plan's workers, each example by one of them
   * @param table what number each byte value stands for, 256 of them; or 256 for each channel of an
   *     input {@code (C, H, W)}, one channel after another
   * @throws IllegalArgumentException if the table has another length
   */
  public void input(String name, int count, Bytes bytes, float[] table) {
    Buffer buffer = inputBuffer(name);
    int channels = table.length / BulkLoad.VALUES;
    if (channels == 0
        || table.length != channels * BulkLoad.VALUES
        || buffer.elements % channels != 0) {
      throw new IllegalArgumentException(
          "Input '%s' of %d numbers expects a table of 256 numbers, or 256 a channel, but got %d"
              .formatted(name, buffer.elements, table.length));
    }
    loading.set(buffer, inputPanels.get(buffer), count, bytes, table);
    workers.run(loading);
  }

  /** Gives one example of a scalar input, such as a class number. */
  public void number(String name, int example, float number) {
    Buffer buffer = inputBuffer(name);
    java.util.Objects.checkIndex(example, batchSize);
    int at = buffer.block(example / LANES) + example % LANES;
    buffer.data[at] = number;
    Panels panels = inputPanels.get(buffer);
    if (panels != null) {
      panels.put(example, buffer.data, at);
    }
  }

  private Buffer inputBuffer(String name) {
    Buffer buffer = inputs.get(name);
    if (buffer == null) {
      throw new UserException(
          "There is no input '%s': the graph reads %s".formatted(name, inputs.keySet()));
    }
    return buffer;
  }

  /**
   * Computes everything for the examples given.
   *
   * @param count how many, from the batch's front
   * @param step the training step, which random ops depend on
   * @param seed the seed, which random ops depend on
   */
  public void run(int count, long step, Seed seed) {
    if (count < 1 || count > batchSize) {
      throw new IllegalArgumentException(
          "The plan expects 1 to %d examples, but got %d".formatted(batchSize, count));
    }
    batch.set(count, step, seed);
    for (Buffer input : given) {
      fillEmptyLanes(input);
    }
    workers.run(job);
    if (nanos != null) {
      stamp(steps.length);
    }
  }

  /** {@link #run(int, long, Seed)} for a graph without random ops. */
  public void run(int count) {
    run(count, 0, Seed.of(0));
  }

  /**
   * Repeats the last example in the lanes without one: their numbers stay finite if its are, and so
   * times a zero gradient they are zero.
   */
  private void fillEmptyLanes(Buffer x) {
    int block = batch.blocks() - 1;
    int lanes = batch.lanes(block);
    for (int e = 0; e < x.elements && lanes < LANES; e++) {
      int at = x.block(block) + e * LANES;
      java.util.Arrays.fill(x.data, at + lanes, at + LANES, x.data[at + lanes - 1]);
    }
  }

  /** The plan's steps as the workers see them. */
  private final class Running implements Workers.Job {
    @Override
    public int steps() {
      return steps.length;
    }

    @Override
    public int tasks(int step) {
      if (nanos != null) {
        stamp(step);
      }
      return steps[step].tasks().count(batch);
    }

    @Override
    public void run(int step, int task, int worker) {
      try {
        steps[step].body().run(task, batch, scratch[worker]);
      } catch (RuntimeException e) {
        throw new IllegalStateException("Step '%s' failed".formatted(steps[step].name()), e);
      }
    }
  }

  /** Books the time since the last stamp on the step before. */
  private void stamp(int step) {
    long now = System.nanoTime();
    if (step > 0) {
      nanos[step - 1] += now - stamped;
    }
    stamped = now;
  }

  /** A value's elements for one example of the last run, row-major; it must be an output. */
  public float[] read(Value value, int example) {
    float[] elements = new float[value.shape().elements()];
    read(value, example, elements);
    return elements;
  }

  /** {@link #read(Value, int)} into an array that is there. */
  public void read(Value value, int example, float[] elements) {
    Buffer buffer = outputs.get(value);
    if (buffer == null) {
      throw new IllegalArgumentException(value + " is not an output of this plan");
    }
    for (int e = 0; e < elements.length; e++) {
      elements[e] =
          value.perExample()
              ? buffer.data[buffer.block(example / LANES) + e * LANES + example % LANES]
              : buffer.data[buffer.offset + e];
    }
  }

  /** A shared scalar of the last run, such as the loss; it must be an output. */
  public float number(Value value) {
    Buffer buffer = outputs.get(value);
    if (buffer == null || value.perExample()) {
      throw new IllegalArgumentException(value + " is not a shared output of this plan");
    }
    return buffer.data[buffer.offset];
  }

  /**
   * Fills the plan's own memory, given inputs included, with a number: a test that poisons it with
   * NaN before it gives the inputs and runs sees every cell that is read before it is written.
   */
  public void poison(float number) {
    java.util.Arrays.fill(arena, number);
    for (float[] own : scratch) {
      java.util.Arrays.fill(own, number);
    }
  }

  /** Starts to measure how long each step takes. */
  public void profile() {
    nanos = new long[steps.length];
  }

  /** How long each step took in all runs since {@link #profile}, in the order of execution. */
  public List<StepTime> stepTimes() {
    List<StepTime> times = new java.util.ArrayList<>();
    for (int s = 0; s < steps.length; s++) {
      times.add(new StepTime(steps[s].name(), s >= forwardSteps, nanos[s]));
    }
    return times;
  }

  /**
   * One line a step: milliseconds in all runs since {@link #profile}, name; the backward pass after
   * a line of dashes.
   */
  public List<String> profileLines() {
    List<String> lines = new java.util.ArrayList<>();
    for (int s = 0; s < steps.length; s++) {
      if (s == forwardSteps) {
        lines.add("--------");
      }
      lines.add("%8.2f  %s".formatted(nanos[s] / 1e6, steps[s].name()));
    }
    return lines;
  }
}
