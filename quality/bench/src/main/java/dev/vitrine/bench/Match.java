package dev.vitrine.bench;

import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.Window;
import dev.vitrine.workload.Windows;
import dev.vitrine.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * One workload, all contenders: their processes live side by side and take turns, window by window,
 * so that whatever changes on the machine meets all of them.
 */
final class Match {
  /** Time for the last contender's threads to stop spinning. */
  private static final long PAUSE_MILLIS = 300;

  private static final int LEARNING_STEPS = 6 * Workload.BATCHES;

  private final Workload workload;
  private final double seconds;
  private final Consumer<String> progress;

  /** A contender's windows so far. */
  private static final class Entry {
    private final Child child;
    private Windows windows = new Windows(List.of());

    Entry(Child child) {
      this.child = child;
    }
  }

  Match(Workload workload, double seconds, Consumer<String> progress) {
    this.workload = workload;
    this.seconds = seconds;
    this.progress = progress;
  }

  /** The scores of those that can train the workload. */
  List<Score> play(List<Peer> peers, int threads) {
    List<Entry> entries = new ArrayList<>();
    try {
      for (Peer peer : peers.stream().filter(peer -> peer.trains(workload)).toList()) {
        progress.accept("%s: %s warms up".formatted(workload.id(), peer.name()));
        Entry entry = new Entry(Child.start(peer, workload, threads));
        entries.add(entry);
        entry.child.ask("run " + Math.max(3, 2 * seconds));
      }
      while (!entries.stream().allMatch(entry -> entry.windows.enough())) {
        for (Entry entry : entries) {
          turn(entry);
        }
      }
      return entries.stream().map(this::score).toList();
    } finally {
      entries.forEach(entry -> entry.child.close());
    }
  }

  /** Trains on where too few steps were timed to see whether it learns. */
  private Score score(Entry entry) {
    progress.accept("%s: does %s learn?".formatted(workload.id(), entry.child.peer().name()));
    String[] losses = entry.child.ask("learn " + LEARNING_STEPS).split(" ", -1);
    return Score.of(
        entry.child,
        entry.windows,
        workload.recipe().batchSize(),
        Double.parseDouble(losses[0]),
        Double.parseDouble(losses[1]));
  }

  private void turn(Entry entry) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    ProcessorTime processors = new ProcessorTime(entry.child::processorTime);
    ProcessorTime.Mark mark = processors.mark();
    String[] answer = entry.child.ask("run " + seconds).split(" ", -1);
    OptionalDouble others = processors.othersSince(mark);
    Window window = new Window(Long.parseLong(answer[0]), Double.parseDouble(answer[1]), others);
    entry.windows = entry.windows.plus(window);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: %s %.0f images/s, others used %.2f of a processor",
            workload.id(),
            entry.child.peer().name(),
            window.stepsPerSecond() * workload.recipe().batchSize(),
            others.orElse(Double.NaN)));
  }
}
