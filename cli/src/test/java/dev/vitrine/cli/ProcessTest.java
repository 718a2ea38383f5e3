package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.format.Safetensors;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trainings as processes of their own that are killed, interrupted, or short of disk. They run
 * without the Vector API's module, so on scalar kernels, and the runs of this process that they are
 * compared with on SIMD kernels: both must give the same bytes.
 */
class ProcessTest {
  private static final int STEPS_PER_EPOCH = 117;
  private static final int STEPS = 2 * STEPS_PER_EPOCH;
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private static Path shared;
  private static List<String> training;
  private static byte[] whole;

  @TempDir private Path box;

  private Process process;

  @BeforeAll
  static void uninterrupted() throws IOException {
    Path data = TinyData.write(shared.resolve("data"));
    String words =
        "train --data %s --model %s --batch 1 --epochs 2 --lr 0.005 --out"
            .formatted(data, TinyData.network(shared));
    training = List.of(words.split(" "));
    Path run = shared.resolve("whole");
    List<String> args = new ArrayList<>(training);
    args.add(run.toString());
    Cli cli = Cli.run(args.toArray(String[]::new));
    assertThat(cli.code()).as(cli.err()).isZero();
    whole = Files.readAllBytes(checkpoint(run));
  }

  @AfterEach
  void endWhatIsLeft() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private static Path checkpoint(Path run) {
    return run.resolve("checkpoints/last.safetensors");
  }

  private static long savedStep(Path run) {
    try (Safetensors last = Safetensors.open(checkpoint(run))) {
      return last.longs("progress.step")[0];
    }
  }

  private void start(List<String> before, List<String> flags, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(words);
    process =
        new ProcessBuilder(command)
            .redirectOutput(box.resolve("out").toFile())
            .redirectError(box.resolve("err").toFile())
            .start();
  }

  /** Starts a training that saves after every step. */
  private Path startTraining() throws IOException {
    Path run = box.resolve("run");
    List<String> words = new ArrayList<>(training);
    words.addAll(List.of(run.toString(), "--checkpoint-every", "0"));
    start(List.of(), List.of(), words);
    return run;
  }

  private void await(BooleanSupplier condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(process.isAlive()).as("ended early: %s", errors()).isTrue();
      assertThat(System.nanoTime()).as("waited too long: %s", errors()).isLessThan(end);
      Thread.sleep(2);
    }
  }

  private int end() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private List<String> errors() throws IOException {
    return Files.readAllLines(box.resolve("err"));
  }

  private void awaitStep(Path run, long step) throws IOException, InterruptedException {
    await(() -> Files.exists(checkpoint(run)) && savedStep(run) >= step);
  }

  private static void resume(Path run) {
    Cli cli = Cli.run("train", "--resume", run.toString(), "--threads", "3");
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  /** The reader of PNGs wraps it, and what is advised suffices at once. */
  @Test
  void aPictureThatIsTooLargeForTheMemorySaysHowMuchItTakes()
      throws IOException, InterruptedException {
    Path picture = box.resolve("large.png");
    Png.write(picture, Raster.black(4000, 4000, 3));
    List<String> words =
        List.of("classify", shared.resolve("whole").toString(), picture.toString());
    start(List.of(), List.of("-Xmx32m"), words);
    assertThat(end()).isEqualTo(2);
    String said =
        "vitrine: %s: the memory does not suffice for this picture (Java may use 30 MB): set VITRINE_JAVA_OPTS="
            .formatted(picture);
    String advised = "-Xmx512m";
    assertThat(errors()).last().isEqualTo(said + advised + " or so");
    start(List.of(), List.of(advised), words);
    assertThat(end()).as("%s", errors()).isZero();
  }

  @Test
  void killedWithinAnEpochAndResumedItEndsInTheSameBytes()
      throws IOException, InterruptedException {
    Path run = startTraining();
    awaitStep(run, 5);
    process.destroyForcibly();
    end();
    assertThat(savedStep(run)).isBetween(5L, STEPS_PER_EPOCH - 1L);
    assertThat(run.resolve("result.json")).doesNotExist();
    resume(run);
    assertThat(Files.readAllBytes(checkpoint(run))).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void askedToEndItSavesAndSaysHowToGoOn(String signal, int code)
      throws IOException, InterruptedException {
    assumeSignals();
    Path run = startTraining();
    awaitStep(run, 3);
    send(signal);
    assertThat(end()).isEqualTo(code);
    long step = savedStep(run);
    assertThat(step).isBetween(3L, STEPS - 1L);
    assertThat(errors())
        .last()
        .isEqualTo(
            "Stopped after step %s of %s. Go on with: vitrine train --resume %s"
                .formatted(step, STEPS, run));
    assertThat(Cli.tree(run))
        .containsExactly(
            "checkpoints", "checkpoints/last.safetensors", "config.json", "metrics.jsonl");
    resume(run);
    assertThat(Files.readAllBytes(checkpoint(run))).isEqualTo(whole);
  }

  @Test
  void interruptedWhileItLoadsItLeavesNothing() throws IOException, InterruptedException {
    assumeSignals();
    Path log = box.resolve("log");
    Path run = box.resolve("deep").resolve("run");
    start(
        List.of(),
        List.of("-Xlog:class+load:file=" + log),
        List.of("train", "--train-images", "200000", "--out", run.toString()));
    await(() -> Files.exists(log) && read(log).contains("dev.vitrine.data.digits.Painter"));
    send("INT");
    assertThat(end()).isEqualTo(130);
    assertThat(run.getParent()).doesNotExist();
    assertThat(errors()).noneMatch(line -> line.contains("xception"));
  }

  @Test
  void aDiskThatIsFullIsOneLineAndLeavesNothing() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "this system has no /bin/sh");
    Path run = box.resolve("deep").resolve("run");
    List<String> words = new ArrayList<>(training);
    words.add(run.toString());
    // A limit on the size of files meets a write as a full disk does, and needs no mount.
    start(List.of("/bin/sh", "-c", "ulimit -f 2 && exec \"$@\"", "sh"), List.of(), words);
    assertThat(end()).isEqualTo(2);
    assertThat(errors()).last().asString().startsWith("vitrine: Cannot write %s: ".formatted(run));
    assertThat(run.getParent()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"out, standard output", "err, standard error output"})
  void aResultDoesNotReplaceWhatAnOutputIsRedirectedTo(String file, String output)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/dev/fd/1")), "this system has no /dev/fd");
    Path result = box.resolve(file);
    start(List.of(), List.of(), List.of("summary", "lenet", "--json", result.toString()));
    assertThat(end()).isEqualTo(2);
    assertThat(errors())
        .last()
        .isEqualTo(
            "vitrine: --json %s would replace %s, to which the %s is redirected: choose another name"
                .formatted(result, result, output));
    assertThat(box.resolve("out")).isEmptyFile();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** A process that was started to ignore Ctrl-C, as scripts start those behind {@code &}. */
  private static void assumeSignals() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "this system has no /bin/kill");
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      String ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .findFirst()
              .orElse("SigIgn: 0");
      long mask = Long.parseUnsignedLong(ignored.substring(7).strip(), 16);
      assumeFalse((mask & 2) != 0, "the tests themselves were started to ignore Ctrl-C");
    }
  }

  /** The launcher says so, and gives the process an empty device in its place. */
  @Test
  void resultsForAClosedStandardOutputAreNotLost() throws IOException, InterruptedException {
    start(List.of(), List.of("-Dvitrine.closed=1"), List.of("summary", "lenet5", "--json", "-"));
    assertThat(end()).isEqualTo(2);
    assertThat(errors())
        .containsExactly(
            "vitrine: --json - expects a standard output, but it is closed: name a file");
  }
}
