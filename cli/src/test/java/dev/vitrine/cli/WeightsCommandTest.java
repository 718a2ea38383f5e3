package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.DType;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.WeightsComparison;
import dev.vitrine.weights.WeightsListing;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsCommandTest {
  private static final String OCTAVE =
      """
      # name: w
      # type: matrix
      # rows: 1
      # columns: 2
       -1 3
      # name: kind
      # type: string
      # elements: 1
      # length: 4
      relu
      # name: z
      # type: complex scalar
      (1,2)
      """;

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aFileIsListed() throws IOException {
    Path file = file("w.mat", OCTAVE);
    Path json = folder.resolve("w.json");
    Cli cli = Cli.quiet("weights %s --json %s", file, json);
    assertThat(cli.out())
        .isEqualToNormalizingNewlines(
            """
            %s: Octave text, 1 tensor, 2 numbers

            tensor  shape  type     min   mean    max  hash
            ───────────────────────────────────────────────────────────
            w       1×2    F64   −1.000  1.000  3.000  496791e65a56c2fc

            kind = "relu"

            Not read:
            z: complex scalar; complex numbers are not read
            """
                .formatted(file));
    JsonObject read = Json.read(json);
    assertThat(read.string("format")).isEqualTo("Octave text");
    JsonObject tensor = (JsonObject) read.list("tensors").getFirst();
    assertThat(tensor.numbers("shape")).containsExactly(1.0, 2.0);
    assertThat(tensor.number("mean")).isEqualTo(1);
    assertThat(((JsonObject) read.list("notes").getFirst()).string("text")).isEqualTo("relu");
    assertThat(((JsonObject) read.list("unread").getFirst()).string("what"))
        .isEqualTo("complex scalar");
  }

  @Test
  void twoFilesAreCompared() throws IOException {
    Path one = file("a.mat", OCTAVE);
    Path other = file("b.mat", OCTAVE.replace("-1 3", "-1 3.5"));
    Path json = folder.resolve("w.json");
    Cli cli = Cli.quiet("weights %s %s --json %s", one, other, json);
    assertThat(cli.out())
        .isEqualToNormalizingNewlines(
            """
            A: %s, Octave text
            B: %s, Octave text

            tensor  type and shape  A and B
            ───────────────────────────────────────────────────────────────────
            w       F64 1×2         differ by 0.5000 at most, in 1 of 2 numbers

            Tensors: 1 other numbers.
            """
                .formatted(one, other));
    JsonObject pair = (JsonObject) Json.read(json).list("tensors").getFirst();
    assertThat(pair.string("verdict")).isEqualTo("other_numbers");
    assertThat(pair.number("largest_difference")).isEqualTo(.5);
    assertThat(Cli.quiet("weights %s %s", one, one).out())
        .contains("the same bits")
        .contains("Tensors: 1 the same bits.");
  }

  @Test
  void weightsThatAreNoNumbersAreWarnedOf() throws IOException {
    Cli cli = Cli.done("weights %s", file("w.mat", OCTAVE.replace("-1 3", "NaN -Inf")));
    assertThat(cli.err().strip())
        .isEqualTo(
            "Warning: 1 tensor with NaN, first \"w\": a network with such weights answers NaN.");
    assertThat(cli.out()).contains("NaN  infinite");
  }

  @Test
  void badFilesAndPlacesAreOneLine() throws IOException {
    Path file = file("w.mat", OCTAVE);
    refused("Unknown place \"quux\"; known: w, kind, z", file, "--key", "quux");
    refused("the file is empty", file("empty", ""));
    Path cut = file("cut", OCTAVE.substring(0, OCTAVE.indexOf("3")));
    refused("line 5: a number was expected, but got \"\"", cut);
  }

  /** The third would be passed over without a word. */
  @Test
  void threeFilesAreOneTooMany() throws IOException {
    Path file = file("w.mat", OCTAVE);
    Cli cli = Cli.run("weights", file.toString(), file.toString(), file.toString());
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.complaints())
        .containsExactly("vitrine: Two files are compared, but got 3: leave the others out");
  }

  @Test
  void largeNumbersBelowZeroHaveTheMinusOfTheOthers() throws IOException {
    String large = OCTAVE.replace("-1 3", "-1e18 -2e-3");
    assertThat(Cli.quiet("weights %s", file("w.mat", large)).out())
        .contains("−1.000e18", "−0.002000")
        .doesNotContain("-1.000e18");
  }

  private static void refused(String fault, Path file, String... more) {
    String[] words = new String[more.length + 2];
    words[0] = "weights";
    words[1] = file.toString();
    System.arraycopy(more, 0, words, 2, more.length);
    Cli cli = Cli.run(words);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.complaints()).containsExactly("vitrine: %s: %s".formatted(file, fault));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80})
  void noLineIsWiderThanTheScreen(int columns) {
    Map<String, Stored> members = new LinkedHashMap<>();
    float[] numbers = {-1.5e-10f, Float.NaN, 2e9f, 4};
    members.put(
        "net.layers.17.convolution.batch_norm.running_variance",
        new Stored.Numbers(
            StoredTensor.rows(
                DType.F32, ByteOrder.nativeOrder(), List.of(4L), MemorySegment.ofArray(numbers))));
    members.put("kind", new Stored.Note("a text that is longer than most terminals are wide, so"));
    members.put(
        "object", new Stored.Unread("object of class \"x\"", "objects are not read at all"));
    Weights weights =
        new Weights(Path.of("w"), "made", new Stored.Group(new LinkedHashMap<>(members)));
    StringWriter out = new StringWriter();
    Terminal terminal =
        new Terminal(
            new PrintWriter(out, true),
            new PrintWriter(new StringWriter(), true),
            new Screen(true, true, false, columns));
    WeightsView.show(terminal, weights, WeightsListing.of(weights, Optional.empty()), List.of());
    WeightsComparisonView.show(
        terminal, weights, weights, WeightsComparison.of(weights, weights, Optional.empty()));
    assertThat(out.toString().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
  }

  @Test
  void namesDoNotActOnTheTerminal() throws IOException {
    Path file = file("w.mat", OCTAVE.replace("kind", "\u001b[2J"));
    assertThat(Cli.quiet("weights %s", file).out()).contains("\\u001b[2J").doesNotContain("\u001b");
  }
}
