package dev.vitrine.collapse;

import dev.vitrine.collapse.Chain.Alone;
import dev.vitrine.collapse.Chain.Size;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.List;
import java.util.Objects;

/**
 * A network whose linear chains became one layer each, and what is to be said of it.
 *
 * @param before the network, with the identity for its activations if that was asked for
 * @param after the collapsed network with its numbers
 * @param chains what became one layer, in order
 * @param alone linear layers without a neighbour to join
 * @param sizeBefore what the network cost
 * @param sizeAfter what the collapsed one costs
 * @param inputs how many inputs were drawn at random to compare both
 * @param single whether they were compared in single precision, for large networks take too long in
 *     double precision
 * @param difference the largest difference of an output
 * @param largest the largest output among them
 */
public record Collapse(
    Model before,
    Model after,
    List<Chain> chains,
    List<Alone> alone,
    Size sizeBefore,
    Size sizeAfter,
    int inputs,
    boolean single,
    double difference,
    double largest) {
  /** So many weights a matrix has at most: a quarter of a gigabyte. */
  public static final long MOST_WEIGHTS = 1L << 26;

  /** How many inputs are usually drawn. */
  public static final int INPUTS = 3;

  /** Multiplications of a network that takes too long in double precision. */
  private static final long SLOW = 200_000_000;

  private static final Seed SEED = Seed.of(42);

  /** The result, with its own copies. */
  public Collapse {
    chains = List.copyOf(chains);
    alone = List.copyOf(alone);
  }

  /**
   * Collapses a network.
   *
   * @param network with its numbers; it is not changed
   * @param linear whether all its activations are replaced by the identity first
   * @param inputs how many inputs are drawn to compare both, at least 1
   * @return the collapsed network, and how it came about
   * @throws UserException if there is no input to draw, or a composed weight is too large
   */
  public static Collapse of(Model network, boolean linear, int inputs) {
    Objects.requireNonNull(network, "network");
    if (inputs < 1) {
      throw UserException.expecting("inputs", "1 or more", Integer.toString(inputs));
    }
    Model layered = OnnxLayers.of(network);
    Model before = linear ? linear(layered) : layered;
    Walk walk = new Walk(before, new Joining(before, inputs, MOST_WEIGHTS, SEED));
    Model after = walk.run();
    Size size = Joining.size(before.network(), before.input());
    boolean single = size.macs() > SLOW;
    RandomStream draws = SEED.stream("inputs");
    double difference = 0;
    double largest = 0;
    for (int n = 0; n < inputs; n++) {
      double[] x = Proof.drawn(before.input().elements(), draws, n);
      double[] expected = single ? Numerics.single(before, x) : Numerics.output(before, x);
      double[] got = single ? Numerics.single(after, x) : Numerics.output(after, x);
      for (int i = 0; i < got.length; i++) {
        difference = Math.max(difference, Math.abs(expected[i] - got[i]));
        largest = Math.max(largest, Math.abs(expected[i]));
      }
    }
    return new Collapse(
        before,
        after,
        walk.chains(),
        walk.alone(),
        size,
        Joining.size(after.network(), after.input()),
        inputs,
        single,
        difference,
        largest);
  }

  private static Model linear(Model network) {
    Model linear = Model.of(Walk.linear(network.network()), network.input());
    for (ParameterSpec spec : linear.specs()) {
      linear.parameters().set(spec.name(), network.parameters().get(spec.name()));
    }
    return linear;
  }
}
