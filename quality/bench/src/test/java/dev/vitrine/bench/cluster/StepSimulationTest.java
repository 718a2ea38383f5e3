package dev.vitrine.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepSimulationTest {
  /** A megabyte a millisecond, and 1 ms an example. */
  private static final Job JOB = new Job("one", 1e6, 1e-3, 64, 0, 2);

  private static double seconds(Job job, Cluster cluster) {
    return new StepSimulation(job, cluster, Seed.of(1)).seconds(50);
  }

  /** Two members: the second has its parameters after 2 ms, is ready after 34, and sends for 1. */
  @Test
  void aStepByHand() {
    assertThat(seconds(JOB, Cluster.ideal(2, 1e9, 0))).isCloseTo(0.035, within(1e-12));
    assertThat(seconds(JOB, Cluster.ideal(2, 1e9, 0.001))).isCloseTo(0.037, within(1e-12));
    // A chain: the second has them after 2 ms, too, but its sum takes two ways.
    assertThat(seconds(JOB, Cluster.ideal(2, 1e9, 0).fan(1))).isCloseTo(0.036, within(1e-12));
    // Nothing but the link: 64 messages each way, of which the last cannot come before it is sent.
    Job light = new Job("light", 1e6, 0, 64, 0, 2);
    assertThat(seconds(light, Cluster.ideal(64, 1e9, 0))).isCloseTo(0.065, within(1e-12));
    // Seven in a tree of two: each of two levels sends twice, each way; the lower ones side by
    // side.
    assertThat(seconds(light, Cluster.ideal(6, 1e9, 0).fan(2))).isCloseTo(0.006, within(1e-12));
    // Of five, both that the driver hears are ready after 4 ms: one waits for the other.
    assertThat(seconds(light, Cluster.ideal(5, 1e9, 0).fan(2))).isCloseTo(0.006, within(1e-12));
  }

  /** The hub never takes longer than all its parts one after another, nor less than any of them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 64, 1000})
  void liesBetweenItsPartsAndTheirSum(int members) {
    Cluster cluster = Cluster.ideal(members, 1.2e9, 1e-4);
    double formula = StepSimulation.formula(JOB, cluster);
    double link = members * JOB.sent() / cluster.bytesASecond();
    assertThat(seconds(JOB, cluster))
        .isLessThanOrEqualTo(formula + 2 * cluster.latency())
        .isGreaterThanOrEqualTo(Math.max(link, JOB.alone() / members));
  }

  /** Eight steps between two means: an eighth of the messages, each three times as long. */
  @Test
  void localStepsSendLessOften() {
    Job light = new Job("light", 1e6, 0, 64, 0, 2);
    Cluster cluster = Cluster.ideal(64, 1e9, 0);
    assertThat(seconds(light.localSteps(8), cluster))
        .isCloseTo(seconds(light, cluster) * 3 / 8, within(1e-12));
    assertThat(StepSimulation.formula(light.localSteps(8), cluster))
        .isCloseTo(StepSimulation.formula(light, cluster) * 3 / 8, within(1e-12));
  }

  /** Of a thousand members somebody is late nearly always; of one, once in a hundred steps. */
  @ParameterizedTest
  @CsvSource({"1, 1.02, 0.02", "1000, 3, 0.01"})
  void theSlowestIsWaitedFor(int members, double expected, double error) {
    Job heavy = new Job("heavy", 0, 1, members, 0, 0);
    Cluster cluster = new Cluster(members, members, 1, 0, 0, 0.01, Double.POSITIVE_INFINITY, 0);
    double seconds = new StepSimulation(heavy, cluster, Seed.of(1)).seconds(1000);
    assertThat(seconds).isCloseTo(expected, within(error));
  }

  /**
   * 3,600 members, each lost once in a thousand hours: one a thousandth of a 1 s step, for 11 s.
   */
  @Test
  void failuresCostWhatIsToBeExpected() {
    Job heavy = new Job("heavy", 0, 1, 3600, 0, 0);
    Cluster cluster = new Cluster(3600, 3600, 1, 0, 0, 0, 1000, 10);
    assertThat(new StepSimulation(heavy, cluster, Seed.of(1)).seconds(3))
        .isCloseTo(1 + 0.001 * 11, within(1e-9));
  }

  @Test
  void theSameSeedGivesTheSameTables() {
    assertThat(CostTables.lines()).isEqualTo(CostTables.lines()).hasSizeGreaterThan(30);
    Cluster cluster = Cluster.usual(8, 10);
    assertThat(new StepSimulation(JOB, cluster, Seed.of(1)).seconds(50))
        .isNotEqualTo(new StepSimulation(JOB, cluster, Seed.of(2)).seconds(50));
  }
}
