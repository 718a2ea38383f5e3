package dev.vitrine.bench;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.summary.Convention;
import dev.vitrine.summary.Summary;
import dev.vitrine.weights.stored.Cast;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What memory a predictor takes: each network and batch size in a process of its own, {@link
 * MemoryRun}, beside one that asks a network of next to nothing, the baseline.
 */
final class MemoryTable {
  private static final String BASELINE = "lenet5";
  private static final double MB = 1e-6;

  /** Makes of numbers in a row some that look drawn, of at most 1/64. */
  private static final int SPREAD = 0x9E3779B9;

  private static final float SCALE = 0x1p-29f;

  private final Path folder = Path.of(System.getProperty("java.io.tmpdir"), "vitrine-memory");
  private final List<String> flags;
  private final Consumer<String> progress;

  MemoryTable(List<String> flags, Consumer<String> progress) {
    this.flags = flags;
    this.progress = progress;
  }

  /** The table's lines. */
  List<String> lines(List<NetworkSpec> networks, List<Integer> batches, List<DType> types) {
    List<String> lines = new ArrayList<>();
    long[] nothing = measure(Zoo.named(BASELINE), DType.F32, 1);
    lines.add(
        "| MB | batch | weights | activations | plan | heap alive | largest heap | largest resident set | beyond baseline and weights | first answer, ms |");
    lines.add("|---" + "|---:".repeat(9) + "|");
    for (NetworkSpec network : networks) {
      for (DType type : types) {
        for (int batch : batches) {
          lines.add(line(network, type, batch, measure(network, type, batch), nothing[2]));
        }
      }
    }
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "- baseline: the largest resident set of a process that asks %s, %.0f MB",
            BASELINE,
            nothing[2] * MB));
    return lines;
  }

  private static String line(
      NetworkSpec network, DType type, int batch, long[] numbers, long baseline) {
    Convention convention = new Convention(true, Convention.Flops.TWO_PER_MAC, batch);
    Summary summary = Summary.of(network.layers(), network.input(), convention);
    long weights = summary.parameters() * Math.min(type.bytes(), Float.BYTES);
    return String.format(
        Locale.ROOT,
        "| %s %s | %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %d |",
        network.name(),
        type,
        batch,
        weights * MB,
        summary.activationBytes() * MB,
        numbers[3] * MB,
        numbers[1] * MB,
        numbers[0] * MB,
        numbers[2] * MB,
        (numbers[2] - baseline - weights) * MB,
        numbers[4]);
  }

  private long[] measure(NetworkSpec network, DType type, int batch) {
    Path file = folder.resolve("%s-%s.safetensors".formatted(network.name(), type));
    try {
      Files.createDirectories(folder);
      write(network, type, file);
      long[] numbers = process(file, batch);
      progress.accept(
          "%s %s by %s: %s".formatted(network.name(), type, batch, Arrays.toString(numbers)));
      return numbers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(file);
    }
  }

  /** Numbers of no meaning, which cost nothing to draw: memory does not depend on them. */
  private static void write(NetworkSpec network, DType type, Path file) {
    Model model = Model.of(network.layers(), network.input());
    for (ParameterSpec spec : model.specs()) {
      float[] values = new float[spec.shape().elements()];
      boolean variance = spec.role() == ParameterSpec.Role.RUNNING_VARIANCE;
      for (int i = 0; i < values.length; i++) {
        values[i] = variance ? 1 : Cast.rounded(((i * SPREAD) >> 8) * SCALE, type);
      }
      model.parameters().set(spec.name(), values);
    }
    TrainedNetwork.of(network, file, InputFacts.NONE).write(model, type, file);
  }

  private long[] process(Path file, int batch) throws IOException {
    Path log = folder.resolve("process.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Peer.VITRINE.flags());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MemoryRun.class.getName(), file.toString(), Integer.toString(batch)));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    List<String> lines = process.inputReader().lines().toList();
    try {
      if (process.waitFor() != 0) {
        throw new UserException("The measured process failed; see " + log);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return lines.stream()
        .filter(line -> line.startsWith(Requests.ANSWER))
        .flatMap(line -> Arrays.stream(line.substring(Requests.ANSWER.length()).split(" ", -1)))
        .mapToLong(Long::parseLong)
        .limit(MemoryRun.NUMBERS)
        .toArray();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
