package dev.vitrine.bench.cluster;

import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of docs/cluster.md. */
public final class CostTables {
  private static final int STEPS = 100;
  private static final Seed SEED = Seed.of(42);
  private static final int[] MEMBERS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000};
  private static final double[] GIGABITS = {1, 10, 100};

  /** As measured on one core: 6.6 ms for 64 examples, and 1,500 images a second. */
  private static final List<Job> JOBS =
      List.of(
          new Job("LeNet", 431_080 * 4.0, 6.6e-3 / 64, 64, 0, 1),
          new Job("cnn32-64", 3_199_106 * 4.0, 1.0 / 1500, 64, 0, 2));

  private CostTables() {}

  /** {@return both tables, line by line, as Markdown} */
  public static List<String> lines() {
    List<String> lines = new ArrayList<>(growing(JOBS.getFirst().batch(16_000), 10));
    lines.add("");
    lines.addAll(paying());
    return lines;
  }

  /** One job on ever more members. */
  static List<String> growing(Job job, double gigabits) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| %s, batch %s, %s Gbit/s: members | formula, ms | hub, nobody late | hub | tree of 2 | tree of 8 | 64 local steps, hub | tree of 8 |"
            .formatted(job.name(), number(job.batch()), number(gigabits)));
    lines.add("|---:" + "|---:".repeat(7) + "|");
    for (int members : MEMBERS) {
      Cluster hub = Cluster.usual(members, gigabits);
      Job local = job.localSteps(64);
      lines.add(
          "| %s | %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  number(members),
                  millis(StepSimulation.formula(job, hub)),
                  millis(seconds(job, hub.calm())),
                  millis(seconds(job, hub)),
                  millis(seconds(job, hub.fan(2))),
                  millis(seconds(job, hub.fan(8))),
                  millis(seconds(local, hub)),
                  millis(seconds(local, hub.fan(8)))));
    }
    return lines;
  }

  /** For each job and network the number of members that is best, and how much faster it is. */
  static List<String> paying() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| network, batch | one member, ms | Gbit/s | a step at a time | over a tree of 8 | 8 local steps | 64 local steps |");
    lines.add("|---|---:|---:" + "|---".repeat(4) + "|");
    for (Job each : JOBS) {
      for (int batch : new int[] {64, 1024, 16_000}) {
        Job job = each.batch(batch);
        for (double gigabits : GIGABITS) {
          lines.add(
              "| %s, %s | %s | %s | %s | %s | %s | %s |"
                  .formatted(
                      job.name(),
                      number(batch),
                      millis(job.alone()),
                      number(gigabits),
                      best(job, gigabits, false),
                      best(job, gigabits, true),
                      best(job.localSteps(8), gigabits, false),
                      best(job.localSteps(64), gigabits, false)));
        }
      }
    }
    return lines;
  }

  private static String best(Job job, double gigabits, boolean tree) {
    int members = 1;
    double least = job.alone();
    for (int tried : MEMBERS) {
      Cluster cluster = Cluster.usual(tried, gigabits);
      double seconds = seconds(job, tree ? cluster.fan(8) : cluster);
      if (tried <= job.mostMembers() && seconds < least) {
        members = tried;
        least = seconds;
      }
    }
    double faster = job.alone() / least;
    return faster < 1.2
        ? "does not pay"
        : String.format(Locale.ROOT, "%,d: %.1f ×", members, faster);
  }

  private static double seconds(Job job, Cluster cluster) {
    return new StepSimulation(job, cluster, SEED).seconds(STEPS);
  }

  private static String millis(double seconds) {
    return String.format(Locale.ROOT, seconds < 0.01 ? "%.1f" : "%,.0f", seconds * 1e3);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
