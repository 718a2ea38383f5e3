package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.format.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where results go: the standard output, and never over what somebody needs. */
class OutputsTest {
  @TempDir private static Path shared;
  private static RefusalBox box;

  @TempDir private Path own;

  @BeforeAll
  static void train() throws IOException {
    box = RefusalBox.trained(shared);
    Files.copy(box.network(), box.path("n.json"));
    Files.writeString(box.path("labels.txt"), "a\nb\nc\n");
    Cli.done("readout %s --example 0 --layer conv1 --out %s", box.path("run"), box.path("p.png"));
    TinyData.write(box.path("data"));
    Files.createSymbolicLink(box.path("link"), Path.of("n.json"));
    Files.createSymbolicLink(box.path("rundir"), Path.of("run"));
  }

  /** Every command, with results of its own. */
  static Stream<String> commands() {
    return Stream.of(
        "train --epochs 1 --batch 8 --model BOX/n.json --data DATA --out OWN/new",
        "train --resume BOX/run",
        "evaluate BOX/run --out OWN/e",
        "classify BOX/run --example 0-2",
        "readout BOX/run --example 0 --layer conv1",
        "summary BOX/n.json",
        "summary --list",
        "digits --columns 1 --out OWN/sheet.png");
  }

  private String[] args(String words) {
    return Arrays.stream(words.split(" "))
        .map(w -> w.replace("BOX", box.root().toString()).replace("DATA", box.data().toString()))
        .map(w -> w.replace("OWN", own.toString()))
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aDashIsTheStandardOutputAndAllElseGoesToTheOther(String command) throws IOException {
    for (String name : List.of("-", "/dev/stdout", "/proc/self/fd/1")) {
      assumeTrue(name.equals("-") || Files.exists(Path.of(name)));
      Cli cli = Cli.run(args(command.replace("/new", "/new" + name.length()) + " --json " + name));
      assertThat(cli.code()).as(cli.err()).isZero();
      assertThat(Json.parse(cli.out(), "out").fields()).isNotEmpty();
      assertThat(cli.out()).startsWith("{").endsWith("}\n");
      assertThat(cli.err()).isNotEmpty();
    }
    assertThat(Path.of("-")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "summary BOX/n.json --out -|conv1",
        "summary BOX/n.json --out - --format csv|layer,",
        "summary BOX/n.json --out /dev/stdout --format json|{",
        "readout BOX/run --example 0 --layer conv1 --out - --format npy|NUMPY",
        "readout BOX/run --example 0 --layer conv1 --out - --format png|PNG",
        "digits --columns 1 --out -|PNG",
      })
  void resultsOfEveryKindGoThere(String command, String content) {
    Cli cli = Cli.run(args(command));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains(content).doesNotContain("picture     -", "numbers     -");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "summary BOX/n.json --out - --json -|--out and --json would both write to the standard"
            + " output: give --json a file",
        "digits --out /dev/stdout --json -|--out and --json would both write to the standard"
            + " output: give --json a file",
        "readout BOX/run --example 0 --layer conv1 --out -|--out expects a name that ends with .png (a"
            + " picture) or .npy (numbers), or --format beside it, but got \"-\"",
        "readout BOX/run --example 0 --layer conv1 --out BOX/x.png --format npy|--format npy contradicts"
            + " --out BOX/x.png: change one of them",
        "digits --out BOX/d.jpg|--out expects a name that ends with .png, for that is what is drawn, but"
            + " got \"BOX/d.jpg\"",
        "evaluate BOX/run --out -|--out expects a folder here, but got \"-\", which stands for the standard"
            + " output: name one (see 'vitrine evaluate --help')",
        "summary BOX/n.json --json BOX/n.json|--json BOX/n.json would overwrite BOX/n.json, which this"
            + " command reads: choose another name",
        "summary BOX/n.json --json BOX/link|--json BOX/link would overwrite BOX/n.json, which this"
            + " command reads: choose another name",
        "summary BOX/link --out BOX/n.json|--out BOX/n.json would overwrite BOX/link, which this"
            + " command reads: choose another name",
        "summary lenet --json BOX/run/config.json|--json BOX/run/config.json would overwrite"
            + " BOX/run/config.json, in which a run keeps itself: choose another name",
        "evaluate BOX/run --json BOX/rundir/checkpoints/last.safetensors|--json"
            + " BOX/rundir/checkpoints/last.safetensors would overwrite"
            + " BOX/rundir/checkpoints/last.safetensors, in which a run keeps itself: choose another"
            + " name",
        "evaluate BOX/run --out BOX/rundir|--out BOX/rundir would overwrite BOX/rundir/report.html, in"
            + " which a run keeps itself: choose another name",
        "train --resume BOX/run --json BOX/run/metrics.jsonl|--json BOX/run/metrics.jsonl would overwrite"
            + " BOX/run/metrics.jsonl, in which a run keeps itself: choose another name",
        "classify BOX/run BOX/p.png --json BOX/p.png|--json BOX/p.png would overwrite BOX/p.png, which"
            + " this command reads: choose another name",
        "classify BOX/run --example 0 --labels BOX/labels.txt --json BOX/labels.txt|--json BOX/labels.txt"
            + " would overwrite BOX/labels.txt, which this command reads: choose another name",
        "readout BOX/run BOX/p.png --layer conv1 --out BOX/p.png|--out BOX/p.png would overwrite"
            + " BOX/p.png, which this command reads: choose another name",
        "evaluate BOX/run --json BOX/data/t10k-labels-idx1-ubyte|--json"
            + " BOX/data/t10k-labels-idx1-ubyte would overwrite BOX/data/t10k-labels-idx1-ubyte, a file"
            + " of a data set: choose another name",
        "evaluate BOX/run --out BOX/new --json BOX/new/report.html|--out and --json would both write"
            + " BOX/new/report.html: give --json another name",
        "evaluate BOX/run --out BOX/new --json BOX/new/deep/x.json|Cannot write BOX/new/deep/x.json: its"
            + " folder does not exist",
        "train --out BOX/new --json BOX/new/result.json|--out and --json would both write"
            + " BOX/new/result.json: give --json another name",
        "digits --out BOX/run|Cannot write BOX/run: it is a folder, not a file",
        "bench --json BOX/no/x.json|Cannot write BOX/no/x.json: its folder does not exist",
        "digits --out BOX/x.png --json BOX/no/x|Cannot write BOX/no/x: its folder does not exist",
        "summary BOX/n.json --out BOX/no/x.txt|Cannot write BOX/no/x.txt: its folder does not exist",
      })
  void refusedBeforeAnythingIsDone(String command, String sentence) {
    String line = box.refused(command);
    assertThat(line.replaceFirst("^vitrine( evaluate)?: ", "")).isEqualTo(sentence);
  }

  @Test
  void aReadOnlyResultIsRefusedInEveryCommand() throws IOException {
    Path file = Files.writeString(own.resolve("r.json"), "kept");
    assumeTrue(file.toFile().setReadOnly());
    for (String command : commands().toList()) {
      Cli cli = Cli.run(args(command + " --json " + file));
      assertThat(cli.code()).isEqualTo(2);
      assertThat(cli.complaints())
          .containsExactly("vitrine: Cannot write %s: it is read-only".formatted(file));
    }
    assertThat(file).hasContent("kept");
    assertThat(Cli.tree(own)).containsExactly("r.json");
  }

  @Test
  void whatIsOnlyNearARunsFilesMayBeWritten() throws IOException {
    Cli.quiet("summary %s --json %s", box.path("run"), box.path("run/mine.json"));
    Cli.quiet("summary %s --json %s", box.path("run"), box.path("run/mine.json"));
    Files.delete(box.path("run/mine.json"));
  }

  @Test
  void aResultMayBeInTheFolderThatTheCommandMakes() {
    for (String command :
        List.of(
            "evaluate BOX/run --out OWN/e --json OWN/e/x.json",
            "evaluate BOX/run --out OWN/e --json OWN/e/x.json",
            "train --epochs 1 --batch 8 --model BOX/n.json --data DATA --out OWN/r --json OWN/r/x.json")) {
      Cli cli = Cli.run(args(command));
      assertThat(cli.code()).as(cli.err()).isZero();
    }
    assertThat(Json.read(own.resolve("e/x.json")).has("accuracy")).isTrue();
    assertThat(Json.read(own.resolve("r/x.json")).has("test")).isTrue();
  }

  /** A stream that fails as a full disk or a closed pipe does. */
  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aFailedStandardOutputIsOneLineAndNoSuccess(String command) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams = Cli.streams(failing("No space left on device"), err);
    assertThat(Main.run(streams, args(command))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .last()
        .isEqualTo("vitrine: Cannot write the standard output: no space left on device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "summary --help", "summary lenet --json -"})
  void whateverIsToBeWrittenThere(String command) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams = Cli.streams(failing("No space left on device"), err);
    assertThat(Main.run(streams, args(command))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .last()
        .isEqualTo("vitrine: Cannot write the standard output: no space left on device");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aClosedPipeEndsQuietly(String command) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(Main.run(Cli.streams(failing("Broken pipe"), err), args(command))).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("vitrine: ", "pipe");
  }

  @Test
  void aLinkToAResultStays() throws IOException {
    Path link = Files.createSymbolicLink(own.resolve("link"), Path.of("real.json"));
    Cli.quiet("summary lenet --json %s", link);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isRegularFile(own.resolve("real.json"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.getLastModifiedTime(link)).isGreaterThan(FileTime.fromMillis(0));
  }
}
