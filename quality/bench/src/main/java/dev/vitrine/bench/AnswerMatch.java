package dev.vitrine.bench;

import static java.util.stream.Collectors.joining;

import dev.vitrine.error.UserException;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One network, all contenders: the same ONNX file, which Vitrine wrote, the same inputs, answers
 * compared before anything is timed, then {@link Turns}.
 */
final class AnswerMatch implements AutoCloseable {
  /** How far outputs may lie apart, of the largest one. */
  static final double TOLERANCE = 1e-4;

  private final NetworkSpec network;
  private final double seconds;
  private final Consumer<String> progress;
  private final Path folder = Path.of(Peer.VITRINE.module(), "target", "inference");
  private final Path file;

  /** Writes the network's file, with numbers as if it had been trained. */
  AnswerMatch(NetworkSpec network, double seconds, Consumer<String> progress) {
    this.network = network;
    this.seconds = seconds;
    this.progress = progress;
    file = folder.resolve(network.name() + ".onnx");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OnnxFile.write(AnswererProcess.model(network.name()), file);
  }

  NetworkSpec network() {
    return network;
  }

  /** The scores of those that can run the network. */
  List<AnswerScore> play(List<Peer> peers, int batch, int threads) {
    Turns turns = new Turns("%s by %s".formatted(network.name(), batch), batch, seconds, progress);
    String sizes =
        Arrays.stream(network.input().sizes()).mapToObj(Integer::toString).collect(joining(","));
    Map<Child, Double> differences = new LinkedHashMap<>();
    try {
      float[] ours = null;
      for (Peer peer : peers.stream().filter(peer -> peer.answers(network)).toList()) {
        Peer told = peer.onProcessors(threads);
        Child child = Child.start(told, file.toString(), threads, Integer.toString(batch), sizes);
        differences.put(child, Double.NaN);
        float[] theirs = answer(child);
        ours = ours == null ? theirs : ours;
        differences.put(child, difference(child, ours, theirs));
      }
      differences.keySet().forEach(turns::warmUp);
      List<AnswerScore> scores = new ArrayList<>();
      turns
          .play(List.copyOf(differences.keySet()))
          .forEach((child, windows) ->
              scores.add(AnswerScore.of(child, windows, batch, differences.get(child))));
      return scores;
    } finally {
      differences.keySet().forEach(Child::close);
    }
  }

  private float[] answer(Child child) {
    Path outputs = folder.resolve("outputs");
    child.ask("answer " + outputs);
    return AnswererProcess.read(outputs);
  }

  /** The largest difference, which must be small: who is wrong may be fast. */
  private double difference(Child child, float[] ours, float[] theirs) {
    double difference = relative(ours, theirs);
    if (!(difference <= TOLERANCE)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: the outputs of %s and of Vitrine lie %.1e of the largest apart; at most %.0e is rounding",
              network.name(),
              child.title(),
              difference,
              TOLERANCE));
    }
    progress.accept(
        String.format(
            Locale.ROOT, "%s: %s agrees to %.1e", network.name(), child.title(), difference));
    return difference;
  }

  /** Infinite for other numbers of outputs, or for what is no number. */
  static double relative(float[] ours, float[] theirs) {
    double largest = 0;
    double apart = ours.length == theirs.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
      double difference = Math.abs((double) ours[i] - theirs[i]);
      apart = Math.max(apart, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
      largest = Math.max(largest, Math.abs(ours[i]));
    }
    return apart == 0 ? 0 : apart / largest;
  }

  /** Deletes the network's file, of up to half a gigabyte. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
