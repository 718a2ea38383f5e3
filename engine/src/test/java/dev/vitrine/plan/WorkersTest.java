package dev.vitrine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
  private interface Body {
    void run(int step, int task, int worker);
  }

  private static Workers.Job job(int[] tasks, Body body) {
    return new Workers.Job() {
      @Override
      public int steps() {
        return tasks.length;
      }

      @Override
      public int tasks(int step) {
        return tasks[step];
      }

      @Override
      public void run(int step, int task, int worker) {
        body.run(step, task, worker);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyTaskIsDoneOnceInEveryJob(int size) {
    int[] tasks = {7, 1, 0, 30, 0};
    AtomicIntegerArray done = new AtomicIntegerArray(4 * 32);
    try (Workers team = new Workers(size)) {
      for (int round = 1; round <= 500; round++) {
        team.run(job(tasks, (step, task, worker) -> done.incrementAndGet(step * 32 + task)));
        for (int step = 0; step < 4; step++) {
          for (int task = 0; task < 32; task++) {
            assertThat(done.get(step * 32 + task)).isEqualTo(task < tasks[step] ? round : 0);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aWorkersNumberIsItsOwnAtAnyTime(int size) {
    AtomicIntegerArray busy = new AtomicIntegerArray(size);
    try (Workers team = new Workers(size)) {
      team.run(
          job(
              new int[] {2_000},
              (step, task, worker) -> {
                assertThat(busy.incrementAndGet(worker)).isEqualTo(1);
                busy.decrementAndGet(worker);
              }));
    }
  }

  /** Each task of a step reads what a task of the step before wrote; plain writes must be seen. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aStepSeesWhatTheOneBeforeWrote(int size) {
    int width = 16;
    int[] tasks = new int[400];
    Arrays.fill(tasks, width);
    int[][] written = new int[tasks.length][width];
    try (Workers team = new Workers(size)) {
      team.run(
          job(
              tasks,
              (step, task, worker) ->
                  written[step][task] = step == 0 ? 1 : written[step - 1][(task + 5) % width] + 1));
    }
    for (int step = 0; step < tasks.length; step++) {
      assertThat(written[step]).containsOnly(step + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void anExceptionReachesTheCallerSkipsTheRestAndTheTeamSurvives(int size) {
    AtomicInteger later = new AtomicInteger();
    AtomicInteger good = new AtomicInteger();
    try (Workers team = new Workers(size)) {
      for (int bad = 0; bad < 4; bad++) {
        int failing = bad;
        Workers.Job job =
            job(
                new int[] {4, 4},
                (step, task, worker) -> {
                  if (step == 0 && task == failing) {
                    throw new IllegalArgumentException("task " + failing);
                  }
                  later.addAndGet(step);
                });
        assertThatThrownBy(() -> team.run(job))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("task " + failing);
        team.run(job(new int[] {3}, (step, task, worker) -> good.incrementAndGet()));
      }
    }
    assertThat(later).hasValue(0);
    assertThat(good).hasValue(12);
  }

  @Test
  void anErrorReachesTheCallerWrapped() {
    AssertionError error = new AssertionError("no");
    try (Workers team = new Workers(2)) {
      Workers.Job job =
          job(
              new int[] {1},
              (step, task, worker) -> {
                throw error;
              });
      assertThatThrownBy(() -> team.run(job))
          .isInstanceOf(IllegalStateException.class)
          .hasCause(error);
    }
  }

  /** The caller alone would do all tasks of a short job, so one task waits for another worker's. */
  @Test
  void aJobAfterAPauseFindsTheWorkersAsleep() throws InterruptedException {
    try (Workers team = new Workers(2)) {
      for (int round = 0; round < 5; round++) {
        Thread.sleep(5);
        CountDownLatch both = new CountDownLatch(2);
        team.run(
            job(
                new int[] {2},
                (step, task, worker) -> {
                  both.countDown();
                  await(both);
                }));
      }
    }
  }

  @Test
  void aClosedTeamSaysSo() {
    Workers team = new Workers(2);
    team.close();
    assertThatThrownBy(() -> team.run(job(new int[0], (step, task, worker) -> {})))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The team of workers was closed: make a new one");
  }

  /** From the caller's own task, and from a worker's. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aTaskBringsNoJobToItsOwnTeam(int size) {
    try (Workers team = new Workers(size)) {
      for (int worker = 0; worker < size; worker++) {
        int asking = worker;
        Workers.Job inner = job(new int[] {1}, (step, task, w) -> {});
        CountDownLatch all = new CountDownLatch(size);
        Workers.Job outer =
            job(
                new int[] {size},
                (step, task, w) -> {
                  all.countDown();
                  await(all);
                  if (w == asking) {
                    team.run(inner);
                  }
                });
        assertThatThrownBy(() -> team.run(outer))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "A task cannot bring a job to the team of workers that does it: give that job a team"
                    + " of its own");
        team.run(inner);
      }
    }
  }

  @Test
  void anotherThreadsJobIsRefusedMeanwhile() throws InterruptedException {
    try (Workers team = new Workers(2)) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch refused = new CountDownLatch(1);
      AtomicInteger done = new AtomicInteger();
      Thread first =
          Thread.ofPlatform()
              .start(() ->
                  team.run(
                      job(
                          new int[] {1, 7},
                          (step, task, worker) -> {
                            begun.countDown();
                            await(refused);
                            done.incrementAndGet();
                          })));
      await(begun);
      Workers.Job second = job(new int[] {1}, (step, task, worker) -> done.addAndGet(100));
      assertThatThrownBy(() -> team.run(second))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "The team of workers is doing another thread's job: give each thread a team of its own");
      refused.countDown();
      first.join();
      assertThat(done).hasValue(8);
      team.run(second);
      assertThat(done).as("in turn").hasValue(108);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTeamOfNobodyIsRefused() {
    assertThatThrownBy(() -> new Workers(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A team expects 1 worker or more, but got 0");
  }
}
