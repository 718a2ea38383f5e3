package dev.vitrine.bench.cluster;

import java.util.Locale;

/**
 * What it is trained on.
 *
 * @param members who compute, one shard each
 * @param fan to how many each passes the parameters on, and whose sums each takes; as many as there
 *     are members, or more, for the driver as the hub
 * @param bytesASecond what the link of one machine carries, each way
 * @param latency seconds until a message that was sent begins to come
 * @param spread of the time that members take for the same work: the deviation of its logarithm
 * @param stragglers the share of members' steps that take three times as long
 * @param hours between two failures of one member
 * @param restart seconds from a failure to the step that is done again
 */
record Cluster(
    int members,
    int fan,
    double bytesASecond,
    double latency,
    double spread,
    double stragglers,
    double hours,
    double restart) {
  /** How much longer a straggler takes. */
  static final double SLOW = 3;

  /** All members beside the hub, none of whom ever is late or lost. */
  static Cluster ideal(int members, double bytesASecond, double latency) {
    return new Cluster(members, members, bytesASecond, latency, 0, 0, Double.POSITIVE_INFINITY, 0);
  }

  /**
   * With links of so many gigabits, 0.1 ms away, times that differ by 5 %, a straggler in a
   * hundred, a failure in a thousand hours and 10 s to begin again.
   */
  static Cluster usual(int members, double gigabits) {
    return new Cluster(members, members, gigabits * 1.2e8, 1e-4, 0.05, 0.01, 1000, 10);
  }

  Cluster members(int number) {
    return new Cluster(
        number,
        fan == members ? number : fan,
        bytesASecond,
        latency,
        spread,
        stragglers,
        hours,
        restart);
  }

  Cluster fan(int number) {
    return new Cluster(members, number, bytesASecond, latency, spread, stragglers, hours, restart);
  }

  /** Nobody is late or lost. */
  Cluster calm() {
    return new Cluster(
        members, fan, bytesASecond, latency, 0, 0, Double.POSITIVE_INFINITY, restart);
  }

  String form() {
    return fan >= members ? "hub" : String.format(Locale.ROOT, "tree of %s", fan);
  }
}
