package dev.vitrine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyWorkerDoesEveryJobOnce(int size) {
    int jobs = 500;
    AtomicIntegerArray done = new AtomicIntegerArray(size);
    try (Workers team = new Workers(size)) {
      for (int job = 1; job <= jobs; job++) {
        team.run(done::incrementAndGet);
        for (int worker = 0; worker < size; worker++) {
          assertThat(done.get(worker)).isEqualTo(job);
        }
      }
    }
  }

  /** Each worker reads what its neighbour wrote before the barrier; plain writes must be seen. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whatIsWrittenBeforeABarrierIsSeenBehindIt(int size) {
    int rounds = 200;
    int[] written = new int[size * 64];
    int[] wrong = new int[size * 64];
    try (Workers team = new Workers(size)) {
      team.run(worker -> {
        for (int round = 1; round <= rounds; round++) {
          written[worker * 64] = round;
          team.barrier();
          wrong[worker * 64] += written[(worker + 1) % size * 64] == round ? 0 : 1;
          team.barrier();
        }
      });
    }
    assertThat(wrong).containsOnly(0);
    assertThat(written[(size - 1) * 64]).isEqualTo(rounds);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void anExceptionReachesTheCallerAndTheTeamSurvives(int size) {
    AtomicIntegerArray done = new AtomicIntegerArray(size);
    try (Workers team = new Workers(size)) {
      for (int failing = 0; failing < size; failing++) {
        int bad = failing;
        assertThatThrownBy(() ->
                team.run(worker -> {
                  if (worker == bad) {
                    throw new IllegalArgumentException("worker " + bad);
                  }
                }))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("worker " + bad);
        team.run(done::incrementAndGet);
        assertThat(done.get(size - 1)).isEqualTo(failing + 1);
      }
    }
  }

  @Test
  void anErrorReachesTheCallerWrapped() {
    AssertionError error = new AssertionError("no");
    try (Workers team = new Workers(2)) {
      assertThatThrownBy(() ->
              team.run(worker -> {
                if (worker == 1) {
                  throw error;
                }
              }))
          .isInstanceOf(IllegalStateException.class)
          .hasCause(error);
    }
  }

  @Test
  void aJobAfterAPauseFindsTheWorkersAsleep() throws InterruptedException {
    AtomicIntegerArray done = new AtomicIntegerArray(2);
    try (Workers team = new Workers(2)) {
      for (int job = 1; job <= 5; job++) {
        Thread.sleep(5);
        team.run(done::incrementAndGet);
        assertThat(done.get(1)).isEqualTo(job);
      }
    }
  }

  @Test
  void aClosedTeamSaysSo() {
    Workers team = new Workers(2);
    team.close();
    assertThatThrownBy(() -> team.run(worker -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The team of workers was closed: make a new one");
  }

  @Test
  void aTeamOfNobodyIsRefused() {
    assertThatThrownBy(() -> new Workers(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A team expects 1 worker or more, but got 0");
  }
}
