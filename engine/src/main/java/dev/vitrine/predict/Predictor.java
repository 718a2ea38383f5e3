package dev.vitrine.predict;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Rewrite;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.nn.FoldedOnce;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Shape;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A trained network that answers, from any number of threads at once:
 *
 * <pre>{@code
 * try (Predictor predictor = Predictor.of(model)) {
 *   float[] logits = predictor.predict(image);
 *   List<Guess> best = predictor.top(3, image);
 *   float[] maps = predictor.layer("conv1").read(image);
 * }
 * }</pre>
 *
 * <p>Its numbers are those that the model had when it was made; a training that goes on does not
 * change its answers. Batch normalisations are folded into the layers before them, as evaluation
 * does it. An answer depends on its example alone: the same bits, alone or in a batch of any size,
 * whatever the other threads ask, but perhaps for the sign of a zero, while all is finite.
 *
 * <p>As many calls compute at the same time as there are processors, each on activations of its
 * own, which are kept for the next; further ones wait. A call of some work that comes while no
 * other computes has all processors, and a small one that comes right after another has two;
 * otherwise each computes on the thread that asks, and so does every call of one that is made
 * {@link #onCallers}.
 *
 * <p>The first small calls are computed by the scalar kernels, to the same bits, rather than wait
 * half a second for vector routines to be compiled.
 */
public final class Predictor implements AutoCloseable {
  /** Multiply-accumulates that are worth other threads: of fewer, waking them takes as long. */
  private static final long SHARED = 4_000_000;

  /** The same of a second thread that is awake. */
  private static final long PAIRED = 300_000;

  /** How soon a call comes after the one before, so that a second thread is or stays awake. */
  private static final long SOON_NANOS = 100_000;

  /** Calls that do not wait for vector routines to be compiled, if they are small. */
  private static final int FIRST_CALLS = 3;

  private final Shape input;

  /** The network as it was trained, what became of it when it was folded, and both's numbers. */
  private final Model.Network network;

  private final Rewrite.Result rewritten;
  private final Frozen whole;
  private final Frozen folded;
  private final Kernels kernels;

  /** Whether a call that is alone has all processors. */
  private final boolean shares;

  private final LayerOutput output;

  /** Calls that may compute, first come, first served: else some of many wait for seconds. */
  private final Semaphore free = new Semaphore(Team.PROCESSORS, true);

  private final Deque<Station> idle = new ConcurrentLinkedDeque<>();

  /** The station on each team, for a call that is alone and has it. */
  private final Map<Workers, Station> shared = new ConcurrentHashMap<>();

  /** When the last call ended, if no other waited or computed then. */
  private volatile long ended = System.nanoTime() - SOON_NANOS;

  private final AtomicInteger computing = new AtomicInteger();

  /** First calls that are left; none on kernels that are not the machine's best. */
  private final AtomicInteger firstCalls;

  private volatile boolean closed;

  private Predictor(Model model, Kernels kernels, boolean shares, boolean takes) {
    this.kernels = kernels;
    this.shares = shares;
    boolean compiled =
        !(kernels instanceof ScalarKernels)
            && kernels.getClass() == KernelChoice.best().kernels().getClass();
    firstCalls = new AtomicInteger(compiled ? FIRST_CALLS : 0);
    FoldedOnce held = Held.of(model, takes);
    input = model.input();
    network = held.whole();
    rewritten = held.rewritten();
    whole = held.trained();
    folded = held.folded();
    output = output("", model.network(), network.output());
  }

  /**
   * {@return a predictor of a model, on the best kernels here}
   *
   * @param model its layers and numbers, as they are at this moment
   */
  public static Predictor of(Model model) {
    Objects.requireNonNull(model, "model");
    return of(model, KernelChoice.best().kernels());
  }

  /**
   * {@return a predictor of a model, on given kernels}
   *
   * @param model its layers and numbers, as they are at this moment
   * @param kernels the routines to run on
   */
  public static Predictor of(Model model, Kernels kernels) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(kernels, "kernels");
    return new Predictor(model, kernels, true, false);
  }

  /**
   * {@return a predictor that takes a model's numbers for its own, where {@link #of} copies them:
   * of a model that was opened for it, and that nobody may use afterwards} It turns the numbers
   * into the form that computing likes where they lie.
   *
   * @param model its layers and numbers
   * @param kernels the routines to run on
   */
  public static Predictor taking(Model model, Kernels kernels) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(kernels, "kernels");
    return new Predictor(model, kernels, true, true);
  }

  /**
   * {@return a predictor that has no more processors than its callers: where others say how many
   * calls there are at once, as a cluster does}
   *
   * @param model its layers and numbers, as they are at this moment
   */
  public static Predictor onCallers(Model model) {
    Objects.requireNonNull(model, "model");
    return new Predictor(model, KernelChoice.best().kernels(), false, false);
  }

  /** {@return the shape of an input} */
  public Shape input() {
    return input;
  }

  /**
   * {@return the plan by which so many examples are answered, to be told or made}
   *
   * @param examples how many, at least 1; a plan may be for some of them at a time
   */
  public Planner planner(int examples) {
    if (examples < 1) {
      throw new IllegalArgumentException(
          "A predictor's plan expects 1 example or more, but got " + examples);
    }
    return Station.planner(output, examples);
  }

  /** {@return what the whole network says} */
  public LayerOutput output() {
    return output;
  }

  /**
   * {@return what a layer says} One that a normalisation was folded into is computed in the network
   * as it was trained, and so may differ in the last bits from what the answers are made of.
   *
   * @param path such as {@code conv1} or {@code residual2.body.conv1}
   * @throws UserException if there is no such layer, or it does nothing when a trained network is
   *     used, as dropout
   */
  public LayerOutput layer(String path) {
    Objects.requireNonNull(path, "path");
    Value value = LayerPaths.find(path, network);
    return output(path, network.layers().get(path), value);
  }

  private LayerOutput output(String path, Layer layer, Value value) {
    return rewritten
        .find(value)
        .map(end -> new LayerOutput(this, path, layer, rewritten.graph(), folded, end))
        .orElseGet(() -> new LayerOutput(this, path, layer, network.graph(), whole, value));
  }

  /**
   * {@return what the network makes of one example; see {@link LayerOutput#read(float...)}}
   *
   * @param input the example's elements, row-major
   */
  public float[] predict(float... input) {
    Objects.requireNonNull(input, "input");
    return output.read(input);
  }

  /**
   * {@return what the network makes of any number of examples, in their order}
   *
   * @param inputs {@code [example][element]}, row-major
   */
  public float[][] predict(float[][] inputs) {
    Objects.requireNonNull(inputs, "inputs");
    return output.read(inputs);
  }

  /**
   * {@return how many classes the network tells apart}
   *
   * @throws UserException if its output is not a vector of two numbers or more
   */
  public int classes() {
    Shape shape = output.shape();
    if (shape.rank() != 1 || shape.elements() < 2) {
      throw new UserException(
          "A classifier ends in one number for each class, but the network's output is %s"
              .formatted(shape));
    }
    return shape.elements();
  }

  /**
   * {@return how likely each class is: the softmax of the network's output, or that itself if it is
   * one}
   *
   * @param input the example's elements, row-major
   * @throws UserException if the network is no classifier, or its output is not finite
   */
  public double[] probabilities(float... input) {
    Objects.requireNonNull(input, "input");
    classes();
    float[] scores = output.read(input);
    int bad = NotFinite.first(scores);
    if (bad >= 0) {
      throw NotFinite.refusal(this, network, scores[bad], input);
    }
    return output.isSoftmax() ? Probabilities.widened(scores) : Probabilities.softmax(scores);
  }

  /**
   * {@return the most likely classes, the most likely first; of equal ones the lower number first}
   *
   * @param k how many, from 1 to {@link #classes}
   * @param input the example's elements, row-major
   * @throws UserException if the network is no classifier, its output is not finite, or it has
   *     fewer classes
   */
  public List<Guess> top(int k, float... input) {
    Objects.requireNonNull(input, "input");
    if (k < 1 || k > classes()) {
      throw new UserException(
          "The most likely classes are 1 to %s, the number of classes, but got %s"
              .formatted(classes(), k));
    }
    return Probabilities.ranked(probabilities(input)).subList(0, k);
  }

  float[][] compute(LayerOutput of, float[][] inputs) {
    float[][] results = new float[inputs.length][];
    requireOpen();
    free.acquireUninterruptibly();
    try {
      requireOpen();
      boolean alone = computing.getAndIncrement() == 0;
      try {
        boolean small = of.macs() * inputs.length < SHARED;
        if (small && firstCalls.get() > 0 && firstCalls.getAndDecrement() > 0) {
          new Station(new ScalarKernels(), new Workers(1)).compute(of, inputs, results);
        } else if (shares && alone && worthSharing(small, of, inputs.length) && Team.take()) {
          computeShared(small ? Team.pair() : Team.workers(), of, inputs, results);
        } else {
          computeHere(of, inputs, results);
        }
      } finally {
        boolean last = computing.decrementAndGet() == 0 && !free.hasQueuedThreads();
        long now = System.nanoTime();
        ended = last ? now : now - SOON_NANOS;
      }
    } finally {
      free.release();
      forgetIfClosed();
    }
    return results;
  }

  private void computeHere(LayerOutput of, float[][] inputs, float[][] results) {
    Station known = idle.pollFirst();
    Station station = known == null ? new Station(kernels, new Workers(1)) : known;
    try {
      station.compute(of, inputs, results);
    } finally {
      idle.addFirst(station);
    }
  }

  /** Of little work, if calls come one upon the other: nobody need be woken for each. */
  private boolean worthSharing(boolean small, LayerOutput of, int examples) {
    return !small || (of.macs() * examples >= PAIRED && System.nanoTime() - ended < SOON_NANOS);
  }

  /** On several processors; the team is this thread's, and so is the station on it. */
  private void computeShared(Workers team, LayerOutput of, float[][] inputs, float[][] results) {
    try {
      shared.computeIfAbsent(team, on -> new Station(kernels, on)).compute(of, inputs, results);
    } finally {
      forgetIfClosed();
      Team.giveBack();
    }
  }

  private void forgetIfClosed() {
    if (closed) {
      idle.clear();
      shared.clear();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The predictor was closed: make a new one");
    }
  }

  /** Gives the activations back; calls that compute still end as if it were open. */
  @Override
  public void close() {
    closed = true;
    forgetIfClosed();
  }
}
