package dev.vitrine.train;

import dev.vitrine.plan.Workers;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * Sums shards by one fixed binary tree: shards 2i and 2i + 1 make a node, two such nodes the next,
 * and a node without a right neighbour is its parent. Whoever computes which shards, and whatever
 * is summed where, the bits are the same: a stretch of shards is a few nodes, and nodes of
 * neighbouring stretches go on to be summed as if one had them all.
 *
 * <pre>
 *   leaf s:   v[e] = (float) (share[s] · (double) g[s][e])
 *   node:     v[e] = left[e] + right[e], in single precision; losses in double precision
 * </pre>
 *
 * Reused from step to step without allocating; used by one thread at a time.
 */
public final class ShardTree {
  /** Elements a task. */
  private static final int STRETCH = 16 * 1024;

  private final Layout layout;
  private final Workers workers;
  private final Workers.Job job = new Adding();

  /** Nodes that wait for their right neighbours, from left to right. */
  private final Deque<ShardSum> waiting = new ArrayDeque<>();

  private final Deque<Parameters> free = new ArrayDeque<>();

  /** Those that the newest node is added to, one after another. */
  private final List<ShardSum> left = new ArrayList<>();

  private int shards;
  private double share;
  private float[] given;
  private float[] sum;

  /**
   * A tree for numbers so laid out.
   *
   * @param layout of the parameters
   * @param workers who add; they stay the caller's
   */
  public ShardTree(Layout layout, Workers workers) {
    this.layout = Objects.requireNonNull(layout, "layout");
    this.workers = Objects.requireNonNull(workers, "workers");
  }

  /**
   * Begins anew; what was read of the last sums is no longer theirs.
   *
   * @param newShards how many the batch has
   */
  public void begin(int newShards) {
    if (newShards < 1) {
      throw new IllegalArgumentException("A tree expects a shard or more, but got " + newShards);
    }
    shards = newShards;
    waiting.forEach(node -> free.push(node.values()));
    waiting.clear();
  }

  /**
   * Adds a shard, the one after those added.
   *
   * @param shard its number, from 0
   * @param ofBatch its share of the batch's examples
   * @param loss its mean loss
   * @param values its gradients and statistics; copied
   */
  public void shard(int shard, double ofBatch, double loss, Parameters values) {
    add(new ShardSum(0, shard, ofBatch * loss, values), ofBatch);
  }

  /**
   * Adds a node that was summed elsewhere, the one after those added.
   *
   * @param node its numbers are copied
   */
  public void node(ShardSum node) {
    Objects.requireNonNull(node, "node");
    add(node, 1);
  }

  private void add(ShardSum node, double ofBatch) {
    ShardSum before = waiting.peekLast();
    if ((before != null && before.to() != node.from()) || node.from() >= shards) {
      throw new IllegalArgumentException(
          "A tree of %s shards that has those before %s expects the next, but got %s"
              .formatted(shards, before == null ? "any" : before.to(), node.from()));
    }
    int level = node.level();
    int index = node.index();
    double loss = node.loss();
    left.clear();
    while (level < Integer.SIZE - 2) {
      ShardSum sibling = waiting.peekLast();
      if (index % 2 == 1 && sibling != null && sibling.level() == level) {
        left.add(waiting.removeLast());
        loss = sibling.loss() + loss;
      } else if (index % 2 == 1 || index == 0 || (index + 1L) << level < shards) {
        break;
      }
      level++;
      index /= 2;
    }
    Parameters room = free.isEmpty() ? Parameters.zeros(layout) : free.pop();
    given = node.values().values();
    sum = room.values();
    share = ofBatch;
    workers.run(job);
    left.forEach(done -> free.push(done.values()));
    waiting.addLast(new ShardSum(level, index, loss, room));
  }

  /** {@return the sums so far, from left to right; good until {@link #begin}} */
  public List<ShardSum> sums() {
    return List.copyOf(waiting);
  }

  /**
   * {@return the sum over all shards; good until {@link #begin}}
   *
   * @throws IllegalStateException if not all were added
   */
  public ShardSum root() {
    ShardSum only = waiting.peekLast();
    if (only == null || only.from() != 0 || only.to() < shards) {
      throw new IllegalStateException(
          "A sum of %s shards expects all of them to be added first".formatted(shards));
    }
    return only;
  }

  /** The newest node, and all that it completes, stretch by stretch. */
  private final class Adding implements Workers.Job {
    @Override
    public int steps() {
      return 1;
    }

    @Override
    public int tasks(int step) {
      return Math.ceilDiv(layout.size(), STRETCH);
    }

    @Override
    public void run(int step, int task, int worker) {
      int from = task * STRETCH;
      int to = Math.min(layout.size(), from + STRETCH);
      if (share == 1) {
        System.arraycopy(given, from, sum, from, to - from);
      } else {
        weigh(given, share, sum, from, to);
      }
      for (int n = 0; n < left.size(); n++) {
        addBefore(left.get(n).values().values(), sum, from, to);
      }
    }
  }

  private static void weigh(float[] values, double share, float[] into, int from, int to) {
    for (int e = from; e < to; e++) {
      into[e] = (float) (share * values[e]);
    }
  }

  private static void addBefore(float[] left, float[] sum, int from, int to) {
    for (int e = from; e < to; e++) {
      sum[e] = left[e] + sum[e];
    }
  }
}
