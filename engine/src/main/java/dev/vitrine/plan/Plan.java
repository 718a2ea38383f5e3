package dev.vitrine.plan;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.Panels;
import dev.vitrine.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A compiled graph: all its buffers and its steps. It is filled with examples, run, and read;
 * nothing is allocated meanwhile, except by custom ops and dropout.
 *
 * <p>A plan belongs to the thread that uses it first, because what another thread gave or ran
 * between a thread's own calls would change its answers unseen: calls from another are refused,
 * until the first {@linkplain #release releases} it or ends.
 */
public final class Plan {
  /** Where a bulk load finds the bytes of examples. */
  public interface Bytes {
    /**
     * {@return the array that holds example {@code i}'s elements} Asked once an example and load,
     * and read at once, so that they can be made then.
     *
     * @param i the example's number in the load, from 0
     */
    byte[] array(int i);

    /**
     * {@return the index of example {@code i}'s first element in it}
     *
     * @param i the example's number in the load, from 0
     */
    int start(int i);
  }

  private final Step[] steps;
  private final Inputs inputs;
  private final Map<Value, Result> outputs;
  private final int batchSize;
  private final Workers workers;
  private final float[][] scratch;
  private final float[] arena;
  private final Batch batch = new Batch();
  private final Workers.Job job = new Running();
  private final AtomicReference<Thread> user = new AtomicReference<>();

  /** How many examples can be read: those of the last run; 0 before it or if it failed. */
  private int ran;

  private final Stopwatch stopwatch;

  Plan(
      Kernels kernels,
      List<Step> steps,
      int forwardSteps,
      Map<String, Buffer> inputs,
      Map<Buffer, Panels> inputPanels,
      Map<Value, Result> outputs,
      int batchSize,
      Workers workers,
      float[] arena) {
    this.arena = arena;
    this.steps = steps.toArray(Step[]::new);
    stopwatch = new Stopwatch(this.steps, forwardSteps);
    this.outputs = outputs;
    this.batchSize = batchSize;
    this.workers = workers;
    this.inputs = new Inputs(inputs, inputPanels, batchSize, new BulkLoad(kernels, workers.size()));
    scratch = new float[workers.size()][scratch(steps)];
  }

  /**
   * {@return the bytes of activations, their gradients and scratch memory, all of which this plan
   * holds}
   */
  public long bytes() {
    return bytes(arena.length, scratch.length, List.of(steps));
  }

  static long bytes(int arena, int threads, List<Step> steps) {
    return Float.BYTES * (arena + (long) threads * scratch(steps));
  }

  private static int scratch(List<Step> steps) {
    return steps.stream().mapToInt(Step::scratch).max().orElse(0);
  }

  /** {@return the largest number of examples that can be run at once} */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Gives one example of an input.
   *
   * @param name the input's name in the graph
   * @param example its place in the batch
   * @param elements its numbers, row-major
   * @throws IllegalArgumentException if there is no such input or place, or it has another size
   */
  public void input(String name, int example, float... elements) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(elements, "elements");
    own();
    inputs.set(name, example, elements);
  }

  /**
   * Gives one example of an input of one number, such as a class.
   *
   * @param name the input's name in the graph
   * @param example its place in the batch
   * @param number such as the number of the class
   * @throws IllegalArgumentException if there is no such input or place, or it has another size
   */
  public void input(String name, int example, float number) {
    Objects.requireNonNull(name, "name");
    own();
    inputs.set(name, example, number);
  }

  /**
   * Gives the first {@code count} examples of an input from bytes. If that fails while they are
   * read, all that the input was given is forgotten, as by {@link #forget}.
   *
   * @param name the input's name in the graph
   * @param count how many, at most the batch size
   * @param bytes asked for by the plan's workers, each example by one of them
   * @param table what number each byte value stands for, 256 of them; or 256 for each channel of an
   *     input {@code (C, H, W)}, one channel after another
   * @throws IllegalArgumentException if there is no such input, too little room or too few bytes,
   *     or the table has another length
   */
  public void input(String name, int count, Bytes bytes, float[] table) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(table, "table");
    own();
    inputs.load(name, count, bytes, table, workers);
  }

  /**
   * Gives the first {@code count} examples of an input, by the plan's workers.
   *
   * @param name the input's name in the graph
   * @param count how many, at most the batch size
   * @param examples {@code [example][element]}, row-major; read now, not kept
   * @param from the number in them of the first
   * @throws IllegalArgumentException if there is no such input, too little room, or an example has
   *     another size
   * @throws IndexOutOfBoundsException if there are not so many examples
   * @throws NullPointerException if one of them is {@code null}
   */
  public void input(String name, int count, float[][] examples, int from) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(examples, "examples");
    own();
    Objects.checkFromIndexSize(from, count, examples.length);
    inputs.load(name, count, examples, from, workers);
  }

  /**
   * Computes everything for the examples given. What was given stays, for further runs, until
   * something else is given in its place, or {@link #forget} is called.
   *
   * @param count how many, from the batch's front
   * @param step the training step, which random ops depend on
   * @param seed the seed, which random ops depend on
   * @throws IllegalArgumentException if that is more than there is room for
   * @throws IllegalStateException if an example of an input was not given, or the workers are busy
   *     or closed
   * @throws UserException if the numbers given are not what an op expects, such as no class's
   */
  public void run(int count, long step, Seed seed) {
    run(0, count, count, step, seed);
  }

  /**
   * {@link #run(int, long, Seed)} for a part of a larger batch: random ops draw what they would
   * draw for these examples in the whole of it. Means over the batch are means over the part.
   *
   * @param first the place in the whole batch of the first example given
   * @param count how many, from the front of what was given
   * @param whole how many examples the whole batch has
   * @param step the training step, which random ops depend on
   * @param seed the seed, which random ops depend on
   * @throws IllegalArgumentException if there is no room for them, or they are no part of the batch
   */
  public void run(int first, int count, int whole, long step, Seed seed) {
    own();
    Objects.requireNonNull(seed, "seed");
    if (count < 1 || count > batchSize) {
      throw new IllegalArgumentException(
          "The plan expects 1 to %s examples, but got %s".formatted(batchSize, count));
    }
    if (first < 0 || first > whole - count) {
      throw new IllegalArgumentException(
          "A part of a batch of %s examples expects to lie in it, but got %s from %s on"
              .formatted(whole, count, first));
    }
    inputs.requireGiven(count);
    ran = 0;
    batch.set(first, count, whole, step, seed);
    inputs.fillEmptyLanes(batch);
    workers.run(job);
    ran = count;
    stopwatch.stamp(steps.length);
  }

  /**
   * {@link #run(int, long, Seed)} for a graph without random ops.
   *
   * @param count how many examples, at most the batch size
   */
  public void run(int count) {
    run(count, 0, Seed.of(0));
  }

  /**
   * Forgets what was given: the next run expects every example of every input anew, and refuses
   * where one is missing rather than compute an earlier run's again.
   */
  public void forget() {
    own();
    inputs.forget();
  }

  /** Lets another thread use the plan: this one has read what it wanted. */
  public void release() {
    own();
    user.set(null);
  }

  private void own() {
    Thread me = Thread.currentThread();
    Thread owner = user.get();
    if (owner != me && !take(owner, me)) {
      throw new IllegalStateException(
          "Another thread uses this plan: make one for each thread, or let the other release it");
    }
  }

  private boolean take(Thread owner, Thread me) {
    return (owner == null || !owner.isAlive()) && user.compareAndSet(owner, me);
  }

  /** The plan's steps as the workers see them. */
  private final class Running implements Workers.Job {
    @Override
    public int steps() {
      return steps.length;
    }

    @Override
    public int tasks(int step) {
      stopwatch.stamp(step);
      return steps[step].tasks().count(batch);
    }

    @Override
    public void run(int step, int task, int worker) {
      try {
        steps[step].body().run(task, batch, scratch[worker]);
      } catch (UserException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "Step %s failed".formatted(Quote.of(steps[step].name())), e);
      }
    }
  }

  /**
   * {@return a value's elements for one example of the last run, row-major}
   *
   * @param value an output of the plan
   * @param example its place in the batch; of a shared value, whatever it is
   * @throws IllegalArgumentException if the value is not an output, or the run had no such example
   * @throws IllegalStateException if nothing was run
   */
  public float[] read(Value value, int example) {
    Objects.requireNonNull(value, "value");
    float[] elements = new float[value.shape().elements()];
    read(value, example, elements);
    return elements;
  }

  /**
   * {@link #read(Value, int)} into an array of the value's size.
   *
   * @param value an output of the plan
   * @param example its place in the batch; of a shared value, whatever it is
   * @param elements where they go, row-major
   */
  public void read(Value value, int example, float[] elements) {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(elements, "elements");
    Result result = output(value);
    if (elements.length != value.shape().elements()) {
      throw new IllegalArgumentException(
          "%s has %s numbers, but the array to read them into has %s"
              .formatted(value, value.shape().elements(), elements.length));
    }
    if (value.perExample() && (example < 0 || example >= ran)) {
      throw new IllegalArgumentException(
          "The last run had %s examples, from 0 on, but example %s is read"
              .formatted(ran, example));
    }
    result.read(example, elements);
  }

  /**
   * {@return a number of the last run that the batch shares, such as the loss}
   *
   * @param value an output of the plan, of shape ()
   * @throws IllegalArgumentException if the value is not an output, or not one shared number
   * @throws IllegalStateException if nothing was run
   */
  public float number(Value value) {
    Objects.requireNonNull(value, "value");
    Buffer buffer = output(value).buffer();
    if (value.perExample() || value.shape().elements() != 1) {
      throw new IllegalArgumentException(
          "%s is not one number that the batch shares: read it".formatted(value));
    }
    return buffer.data()[buffer.offset()];
  }

  private Result output(Value value) {
    own();
    Result result = outputs.get(value);
    if (result == null) {
      throw new IllegalArgumentException(
          "%s is not an output of this plan: name it to Planner.outputs".formatted(value));
    }
    if (ran == 0) {
      throw new IllegalStateException("The plan has no results to read: run it first");
    }
    return result;
  }

  /**
   * Fills the plan's own memory, given inputs included, with a number: a test that poisons it with
   * NaN before it gives the inputs and runs sees every cell that is read before it is written.
   *
   * @param number what every cell becomes
   */
  public void poison(float number) {
    java.util.Arrays.fill(arena, number);
    for (float[] own : scratch) {
      java.util.Arrays.fill(own, number);
    }
  }

  /** Starts to measure how long each step takes. */
  public void profile() {
    stopwatch.start();
  }

  /**
   * {@return how long each step took in all runs since {@link #profile}, in the order of execution}
   *
   * @throws IllegalStateException if it was never called
   */
  public List<StepTime> stepTimes() {
    return stopwatch.times();
  }

  /**
   * {@return one line a step: milliseconds in all runs since {@link #profile}, name; the backward
   * pass after a line of dashes}
   *
   * @throws IllegalStateException if it was never called
   */
  public List<String> profileLines() {
    return stopwatch.lines();
  }
}
