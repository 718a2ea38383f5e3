package dev.vitrine.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.plan.Compute;
import dev.vitrine.web.BesideThePage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to trainings is told, whatever it is. */
class TrainingQueueTest {
  @TempDir private Path folder;

  /** One that breaks by an error of ours is over, and the next one has its turn. */
  @Test
  void anErrorEndsATrainingAndNotTheQueue() throws Exception {
    BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    BlockingQueue<List<TrainingNews>> news = new LinkedBlockingQueue<>();
    try (Compute compute = Compute.of(1);
        WorkQueue work = new WorkQueue(_ -> {});
        TrainingQueue queue =
            new TrainingQueue(
                work, folder, Optional.empty(), compute, all -> hear(all, news), faults::add)) {
      queue.start(BesideThePage.BRIEF);
      queue.start(BesideThePage.BRIEF);
      assertThat(faults.poll(30, TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
      List<TrainingNews> now = news.poll(30, TimeUnit.SECONDS);
      while (now.size() < 2 || now.get(1).phase() != TrainingNews.Phase.FINISHED) {
        now = news.poll(30, TimeUnit.SECONDS);
        assertThat(now).as("the second one goes on").isNotNull();
      }
      assertThat(now.getFirst().phase()).isEqualTo(TrainingNews.Phase.FAILED);
      assertThat(now.getFirst().sentence())
          .hasValueSatisfying(s -> assertThat(s).contains("fault"));
    }
  }

  /** The first one comes upon an error when it begins to train. */
  private static void hear(List<TrainingNews> all, BlockingQueue<List<TrainingNews>> news) {
    news.add(all);
    if (all.getFirst().phase() == TrainingNews.Phase.TRAINING) {
      throw new StackOverflowError();
    }
  }
}
