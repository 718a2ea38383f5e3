package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Sgd;
import dev.vitrine.random.Seed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrainingControlTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Dataset data = TinyImages.bars(130, 1);
  private final AtomicLong steps = new AtomicLong();
  private final CountDownLatch begun = new CountDownLatch(1);

  private Trainer trainer(Model model, TrainingControl control) {
    TrainingListener counter =
        new TrainingListener() {
          @Override
          public void step(StepSummary summary) {
            steps.set(summary.step());
            begun.countDown();
          }
        };
    return Trainer.of(model, Sgd.of(0.05).momentum(0.9))
        .batchSize(10)
        .epochs(40)
        .seed(Seed.of(5))
        .threads(1)
        .listener(counter)
        .control(control);
  }

  @Test
  void aPausedTrainingStandsStillAndEndsInTheSameBits() throws InterruptedException {
    Model whole = TinyImages.model();
    trainer(whole, new TrainingControl()).fit(data);
    Model paused = TinyImages.model();
    TrainingControl control = new TrainingControl();
    control.pause(); // before it begins
    steps.set(0);
    CompletableFuture<Trainer.Result> training =
        CompletableFuture.supplyAsync(() -> trainer(paused, control).fit(data));
    assertThat(control.awaitPause(LONG)).isTrue();
    assertThat(steps).hasValue(0);
    String before = paused.parameters().hash();
    TimeUnit.MILLISECONDS.sleep(50);
    assertThat(paused.parameters().hash()).isEqualTo(before);
    assertThat(control.paused()).isTrue();
    control.resume();
    assertThat(control.awaitPause(LONG)).as("nobody asked for a pause").isFalse();
    assertThat(training.join().epochs()).hasSize(40);
    assertThat(steps).hasValue(40 * 13);
    assertThat(paused.parameters().hash()).isEqualTo(whole.parameters().hash());
  }

  @Test
  void aPauseIsNoTimeOfAnEpochs() throws InterruptedException {
    TrainingControl control = new TrainingControl();
    control.pause();
    CompletableFuture<Trainer.Result> training =
        CompletableFuture.supplyAsync(
            () -> trainer(TinyImages.model(), control).epochs(1).fit(data));
    assertThat(control.awaitPause(LONG)).isTrue();
    long since = System.nanoTime();
    TimeUnit.SECONDS.sleep(2);
    double pause = (System.nanoTime() - since) * 1e-9;
    control.resume();
    long resumed = System.nanoTime();
    double seconds = training.join().epochs().getFirst().seconds();
    assertThat(seconds).isLessThan(pause + (System.nanoTime() - resumed) * 1e-9 - 1.9);
  }

  @Test
  void aRunningTrainingIsPausedAndThenStopped() throws InterruptedException {
    TrainingControl control = new TrainingControl();
    Trainer endless = trainer(TinyImages.model(), control).epochs(1_000_000);
    CompletableFuture<Trainer.Result> training =
        CompletableFuture.supplyAsync(() -> endless.fit(data));
    begun.await();
    control.pause();
    assertThat(control.awaitPause(LONG)).isTrue();
    long stood = steps.get();
    control.stop();
    control.resume(); // too late
    training.join();
    assertThat(steps).hasValue(stood);
    assertThat(control.stopped()).isTrue();
  }

  @Test
  void nobodyWaitsForeverForAPauseOfATrainingThatIsOver() throws InterruptedException {
    TrainingControl control = new TrainingControl();
    trainer(TinyImages.model(), control).epochs(1).fit(data);
    control.pause();
    assertThat(control.awaitPause(Duration.ofMillis(20))).isFalse();
  }

  @Test
  void anInterruptEndsAPause() throws InterruptedException {
    TrainingControl control = new TrainingControl();
    control.pause();
    boolean[] goesOn = {true, true};
    Thread loop =
        Thread.ofPlatform()
            .start(() -> {
              goesOn[0] = control.mayGoOn();
              goesOn[1] = !Thread.currentThread().isInterrupted();
            });
    assertThat(control.awaitPause(LONG)).isTrue();
    loop.interrupt();
    loop.join();
    assertThat(goesOn).containsExactly(false, false);
  }
}
