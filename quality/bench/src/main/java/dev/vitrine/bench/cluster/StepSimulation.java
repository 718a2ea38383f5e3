package dev.vitrine.bench.cluster;

import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.Arrays;

/**
 * A step, message by message. The driver sends the parameters to its members one after another, a
 * member computes as soon as it has them, and passes them on if it has members of its own; sums
 * come back through one link each, in the order in which they are ready. So a link never carries
 * more than it can, nobody waits for more than what it needs, and the step is over when the driver
 * has all sums.
 */
final class StepSimulation {
  private final Job job;
  private final Cluster cluster;
  private final RandomStream random;
  private final double transfer;
  private final double[] received;
  private final double[] ready;

  StepSimulation(Job job, Cluster cluster, Seed seed) {
    this.job = job;
    this.cluster = cluster;
    random = seed.stream("cluster steps");
    transfer = job.sent() / cluster.bytesASecond();
    received = new double[cluster.members() + 1];
    ready = new double[cluster.members() + 1];
  }

  /**
   * What docs/cluster.md has: seconds for all computing, and all bytes through the driver's link.
   */
  static double formula(Job job, Cluster cluster) {
    int members = cluster.members();
    double sent = 2 * members * job.sent() / cluster.bytesASecond();
    return (job.batches() * job.alone() / members + cluster.latency() + sent) / job.batches();
  }

  /**
   * Mean seconds a batch, failures included: of so many steps each member fails as often as is to
   * be expected, and each failure costs the step and the new beginning.
   */
  double seconds(int steps) {
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      sum += step(step);
    }
    double mean = sum / steps;
    double failures = cluster.members() * mean / (cluster.hours() * 3600);
    return (mean + failures * (cluster.restart() + mean)) / job.batches();
  }

  /** Node 0 is the driver; the children of node n are n·fan + 1 to n·fan + fan. */
  private double step(int number) {
    int members = cluster.members();
    received[0] = 0;
    for (int node = 0; node <= members; node++) {
      long first = (long) node * cluster.fan() + 1;
      for (long child = first; child <= Math.min(members, first + cluster.fan() - 1); child++) {
        received[(int) child] = received[node] + (child - first + 1) * transfer + cluster.latency();
      }
    }
    for (int node = members; node >= 0; node--) {
      double own = node == 0 ? 0 : received[node] + computing(number, node);
      ready[node] = Math.max(own, gathered(node));
    }
    return ready[0];
  }

  /** When a node has what its children send: one after another, as they are ready. */
  private double gathered(int node) {
    long first = (long) node * cluster.fan() + 1;
    if (first > cluster.members()) {
      return 0;
    }
    int end = (int) Math.min(cluster.members() + 1L, first + cluster.fan());
    double[] children = Arrays.copyOfRange(ready, (int) first, end);
    Arrays.sort(children);
    double free = 0;
    for (double child : children) {
      free = Math.max(free, child + cluster.latency()) + transfer;
    }
    return free;
  }

  private double computing(int step, int node) {
    double mean = job.batches() * job.alone() / cluster.members();
    long at = 3 * ((long) step * (cluster.members() + 1) + node);
    // Twelve uniforms would do as well; Box and Muller's is exact and wants two.
    double radius = Math.sqrt(-2 * Math.log(1 - random.uniform(at)));
    double normal = radius * Math.cos(2 * Math.PI * random.uniform(at + 1));
    double late = random.uniform(at + 2) < cluster.stragglers() ? Cluster.SLOW : 1;
    return mean * late * Math.exp(cluster.spread() * normal);
  }
}
