package dev.vitrine.bench;

import dev.vitrine.notation.NetworkSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Matches of several networks, batch sizes and numbers of threads. */
final class InferenceRace {
  private static final List<Integer> BATCHES = List.of(1, 4, 16);
  private static final List<Integer> MORE_BATCHES = List.of(1, 4, 16, 64, 256);

  private final double seconds;
  private final Consumer<String> progress;

  InferenceRace(double seconds, Consumer<String> progress) {
    this.seconds = seconds;
    this.progress = progress;
  }

  AnswerTable run(
      List<NetworkSpec> networks,
      Optional<List<Integer>> batches,
      List<Integer> threads,
      List<Peer> peers) {
    AnswerTable table = new AnswerTable();
    for (NetworkSpec network : networks) {
      List<Integer> usual = network.name().equals("lenet") ? MORE_BATCHES : BATCHES;
      try (AnswerMatch match = new AnswerMatch(network, seconds, progress)) {
        for (int batch : batches.orElse(usual)) {
          for (int few : threads) {
            table.add(network, batch, few, match.play(peers, batch, few));
          }
        }
      }
    }
    return table;
  }
}
