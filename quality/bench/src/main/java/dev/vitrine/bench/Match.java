package dev.vitrine.bench;

import dev.vitrine.workload.Windows;
import dev.vitrine.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One workload, all contenders, which train it by {@link Turns}. */
final class Match {
  private static final int LEARNING_STEPS = 6 * Workload.BATCHES;

  private final Workload workload;
  private final Turns turns;
  private final Consumer<String> progress;

  Match(Workload workload, double seconds, Consumer<String> progress) {
    this.workload = workload;
    this.progress = progress;
    turns = new Turns(workload.id(), workload.recipe().batchSize(), seconds, progress);
  }

  /** The scores of those that can train the workload. */
  List<Score> play(List<Peer> peers, int threads) {
    List<Child> children = new ArrayList<>();
    try {
      for (Peer peer : peers.stream().filter(peer -> peer.trains(workload)).toList()) {
        Child child = Child.start(peer, workload.id(), threads);
        children.add(child);
        turns.warmUp(child);
      }
      List<Score> scores = new ArrayList<>();
      turns.play(children).forEach((child, windows) -> scores.add(score(child, windows)));
      return scores;
    } finally {
      children.forEach(Child::close);
    }
  }

  /** Trains on where too few steps were timed to see whether it learns. */
  private Score score(Child child, Windows windows) {
    progress.accept("%s: does %s learn?".formatted(workload.id(), child.peer().name()));
    String[] losses = child.ask("learn " + LEARNING_STEPS).split(" ", -1);
    return Score.of(
        child,
        windows,
        workload.recipe().batchSize(),
        Double.parseDouble(losses[0]),
        Double.parseDouble(losses[1]));
  }
}
