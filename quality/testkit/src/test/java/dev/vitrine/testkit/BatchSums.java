package dev.vitrine.testkit;

import dev.vitrine.op.Affine;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.List;

/** The sums over the batch outside convolutions. */
final class BatchSums {
  /** Whole blocks and partial ones, and plans of more blocks than are run. */
  static final List<Oracle.Size> SIZES =
      List.of(
          Oracle.Size.of(1),
          Oracle.Size.of(16),
          new Oracle.Size(35, 20),
          Oracle.Size.of(35),
          new Oracle.Size(70, 49));

  static final String CHAIN = "example after example";
  static final String BLOCKS = "the tree block by block";
  static final String LANES = "lanes and the tree";
  static final String UNFUSED = "products rounded before they are added";
  static final String BACKWARDS = "from the last position";

  private static final double EPS = 1e-5;

  /** The places of a channel: more than what batch normalisation computes at once. */
  private static final int PLANE = 9 * 9;

  private static final int CHANNELS = 23;

  private BatchSums() {}

  static List<SumCase> all() {
    List<SumCase> all = new ArrayList<>();
    all.add(reduce("a mean over the batch, as of losses", BatchReduce.MEAN));
    all.add(reduce("a sum over the batch", BatchReduce.SUM));
    all.add(bias());
    all.add(dense("a dense layer's weight gradient, of an input", 37, 23, false));
    all.add(dense("a dense layer's weight gradient, of few outputs", 21, 7, true));
    all.add(dense("a dense layer's weight gradient", 70, 25, true));
    all.add(mean());
    all.add(variance());
    all.add(shift());
    all.add(scale());
    return all;
  }

  private static SumCase reduce(String name, BatchReduce op) {
    return SumCase.of(
            name,
            SIZES,
            g -> g.apply(op, g.data(Points.normal(), 21)),
            21,
            (in, k) -> divided(op, SumOrders.lanes(in.examples(), 1, (n, i) -> in.x(0, n, k)), in))
        .wrong(
            CHAIN,
            (in, k) -> divided(op, SumOrders.chain(in.examples(), 1, (n, i) -> in.x(0, n, k)), in))
        .wrong(
            BLOCKS,
            (in, k) ->
                divided(
                    op, (float) SumOrders.blocks(in.examples(), 1, (n, i) -> in.x(0, n, k)), in));
  }

  private static float divided(BatchReduce op, float sum, SumCase.Given in) {
    return op == BatchReduce.MEAN ? sum / in.examples() : sum;
  }

  /** Of five channels of seven positions. */
  private static SumCase bias() {
    return SumCase.of(
            "a bias's gradient",
            SIZES,
            g -> g.apply(new Convolution.BiasGradient(), g.data(Points.normal(), 5, 7)),
            5,
            (in, k) -> SumOrders.lanes(in.examples(), 7, (n, i) -> in.x(0, n, k * 7 + i)))
        .wrong(CHAIN, (in, k) -> SumOrders.chain(in.examples(), 7, (n, i) -> in.x(0, n, k * 7 + i)))
        .wrong(
            BACKWARDS,
            (in, k) -> SumOrders.lanes(in.examples(), 7, (n, i) -> in.x(0, n, k * 7 + 6 - i)));
  }

  /**
   * A weight's gradient.
   *
   * @param computed whether a step computes the layer's input: then it is turned into rows of
   *     features by another way than an input of the graph
   */
  private static SumCase dense(String name, int in, int out, boolean computed) {
    return SumCase.of(
            name,
            SIZES,
            g -> {
              Value x = g.data(Points.normal(), in);
              Value dy = g.data(Points.normal(), out);
              return g.apply(new Affine.WeightGradient(), computed ? g.negate(x) : x, dy);
            },
            in * out,
            (given, k) ->
                SumOrders.fusedChain(
                    given.examples(),
                    1,
                    (n, i) -> computed ? -given.x(0, n, k % in) : given.x(0, n, k % in),
                    (n, i) -> given.x(1, n, k / in)))
        .wrong(
            LANES,
            (given, k) ->
                SumOrders.fusedLanes(
                    given.examples(),
                    1,
                    (n, i) -> computed ? -given.x(0, n, k % in) : given.x(0, n, k % in),
                    (n, i) -> given.x(1, n, k / in)))
        .wrong(
            UNFUSED,
            (given, k) ->
                SumOrders.chain(
                    given.examples(),
                    1,
                    (n, i) ->
                        (computed ? -given.x(0, n, k % in) : given.x(0, n, k % in))
                            * given.x(1, n, k / in)));
  }

  private static SumCase mean() {
    return batchNorm(
        "a batch's means",
        g -> g.apply(new ChannelSum.Mean(), g.data(Points.normal(), CHANNELS, 9, 9)),
        (in, k) -> (n, i) -> in.x(0, n, k * PLANE + i),
        (in, k) -> (double) in.examples() * PLANE);
  }

  private static SumCase variance() {
    return batchNorm(
        "a batch's variances",
        g ->
            g.apply(
                new ChannelSum.Variance(),
                g.data(Points.normal(), CHANNELS, 9, 9),
                g.sharedData(Points.normal(), CHANNELS)),
        (in, k) ->
            (n, i) -> {
              float d = in.x(0, n, k * PLANE + i) - in.p(1, k);
              return d * d;
            },
        (in, k) -> (double) in.examples() * PLANE);
  }

  private static SumCase shift() {
    return batchNorm(
        "a batch normalisation's bias gradient",
        g -> g.apply(new ChannelSum.BiasGradient(), g.data(Points.normal(), CHANNELS, 9, 9)),
        (in, k) -> (n, i) -> in.x(0, n, k * PLANE + i),
        (in, k) -> 1);
  }

  private static SumCase scale() {
    return batchNorm(
        "a batch normalisation's weight gradient",
        g ->
            g.apply(
                new ChannelSum.WeightGradient(EPS),
                g.data(Points.normal(), CHANNELS, 9, 9),
                g.sharedData(Points.normal(), CHANNELS),
                g.sharedData(Points.between(0.5, 2), CHANNELS),
                g.data(Points.normal(), CHANNELS, 9, 9)),
        (in, k) -> (n, i) -> (in.x(0, n, k * PLANE + i) - in.p(1, k)) * in.x(3, n, k * PLANE + i),
        (in, k) -> Math.sqrt(in.p(2, k) + EPS));
  }

  /** The terms of a channel's sum. */
  private interface Terms {
    SumOrders.Term of(SumCase.Given given, int channel);
  }

  /** What a channel's sum is divided by. */
  private interface Divisor {
    double of(SumCase.Given given, int channel);
  }

  private static SumCase batchNorm(String name, GraphCase.Body body, Terms terms, Divisor divisor) {
    return SumCase.of(
            name,
            SIZES,
            body,
            CHANNELS,
            (in, k) ->
                (float)
                    (SumOrders.blocks(in.examples(), PLANE, terms.of(in, k)) / divisor.of(in, k)))
        .wrong(
            "blocks in single precision",
            (in, k) ->
                (float)
                    (SumOrders.singleBlocks(in.examples(), PLANE, terms.of(in, k))
                        / divisor.of(in, k)))
        .wrong(
            LANES,
            (in, k) ->
                (float)
                    (SumOrders.lanes(in.examples(), PLANE, terms.of(in, k)) / divisor.of(in, k)))
        .wrong(
            CHAIN,
            (in, k) ->
                (float)
                    (SumOrders.chain(in.examples(), PLANE, terms.of(in, k)) / divisor.of(in, k)));
  }
}
