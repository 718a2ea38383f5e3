package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vitrine neuron}, {@code collapse} and {@code train} of units on a command line. */
class NeuronCommandTest {
  @Test
  void aSumMayBeginWithAMinusSign() {
    Cli cli = Cli.run("neuron", "-1.5 + x1 + x2");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("This is AND.", "The line: x₂ = 1.5 − x₁");
    Cli json = Cli.run("neuron", "--find", "xor", "--json", "-");
    assertThat(json.out()).contains("\"separable\" : false", "1/2·(−1, 1) + 1/2·(1, −1)");
  }

  @Test
  void unitsAreDrawn(@TempDir Path folder) throws IOException {
    Path svg = folder.resolve("and.svg");
    Path page = folder.resolve("and.html");
    Cli ascii = Cli.run("neuron", "-1.5 + x1 + x2", "--ascii", "--out", svg.toString());
    assertThat(ascii.code()).as(ascii.err()).isZero();
    assertThat(ascii.out()).contains("x2 = 1.5 - x1", "::*::");
    assertThat(ascii.out().replace(folder.toString(), "").chars()).allMatch(c -> c < 128);
    String drawn = Files.readString(svg);
    // One row of four is true.
    assertThat(drawn.split("fill=\"currentColor\" stroke=\"currentColor\"", -1)).hasSize(2);
    assertThat(drawn.split("fill=\"none\" stroke=\"currentColor\" stroke-width", -1)).hasSize(4);
    Cli whole = Cli.run("neuron", "-1.5 + x1 + x2", "--out", page.toString());
    assertThat(whole.code()).as(whole.err()).isZero();
    assertThat(Files.readString(page)).contains("<h1>AND</h1>", "<svg", "Truth table");
    refuse(
        "A drawing is of units of two inputs whose output is true or false, but there are 3 inputs",
        "neuron",
        "a+b+c",
        "--out=" + svg);
    refuse("--out has no effect with --find", "neuron", "--find", "or", "--out=" + svg);
    refuse("--out expects a name that ends with", "neuron", "a+b", "--out=" + folder + "/a.pdf");
  }

  @Test
  void badInputIsOneSentence() {
    refuse("Unknown option \"--fnid\"; did you mean \"--find\"?", "neuron", "--fnid", "xor");
    refuse("--values expects signs or 01, but got \"02\"", "neuron", "x1", "--values", "02");
    refuse(
        "A truth table has 1 to 12 inputs, but there are 13: leave some out",
        "neuron",
        "a+b+c+d+x+f+g+h+i+j+k+l+m");
    refuse("--activation has no effect with --find", "neuron", "--find", "or", "--activation=sign");
    refuse("--activation expects linear, but got \"relu\"", "collapse", "mlp", "--activation=relu");
    refuse("--inputs expects 1 or more, but got 0", "collapse", "mlp", "--inputs", "0");
    refuse("Unknown model \"nosuch\"", "collapse", "nosuch");
    refuse("A collapsed network is written as", "collapse", "mlp", "--out", "a.txt");
    refuse(
        "Unknown option \"--rate\"; did you mean \"--lr\"?",
        "train",
        "--model=adaline",
        "--rate",
        "0.1");
    refuse("--seeds has no effect but on adaline", "train", "--model", "lenet", "--seeds", "3");
  }

  @Test
  void unitsLearnFromTables(@TempDir Path folder) throws IOException {
    String sentence = " learns from a table, a .csv file with numbers in rows, but ";
    refuse("adaline" + sentence + "digits has pictures", "train", "--model", "adaline");
    refuse(
        "madaline" + sentence + "mnist has pictures", "train", "--model=madaline", "--data=mnist");
    Path file = folder.resolve("and.csv");
    Files.writeString(file, "0,0,-1\n0,1,-1\n1,0,-1\n1,1,1\n");
    Cli signs = Cli.run("train", "--model=adaline", "--data=" + file);
    assertThat(signs.out())
        .contains("row 1  column 3 = −1", "right sign in 4 of 4 rows")
        .doesNotContain("without bound");
    Cli fast = Cli.run("train", "--model=adaline", "--data=" + file, "--lr=1.5", "--epochs=20");
    assertThat(fast.code()).isEqualTo(2);
    assertThat(fast.out()).contains("After 20 epochs").doesNotContain("right sign");
    assertThat(fast.err()).contains("The weights grow without bound at the rate 1.5: their error");
    Cli several =
        Cli.run(
            "train", "--model=adaline", "--data=" + file, "--lr=1.5", "--epochs=20", "--seeds=3");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err()).contains("at the rate 1.5, in 3 of 3 runs");
    Cli endless = Cli.run("train", "--model=adaline", "--data=" + file, "--lr=9", "--epochs=900");
    assertThat(endless.code()).isEqualTo(2);
    assertThat(endless.err()).contains("The weights grow without bound at the rate 9 (by epoch");
  }

  @Test
  void aCollapseIsBrokenWhereTheScreenEnds() {
    String text = "one\n\n  ends: conv1 is not linear at all\n    W is short";
    assertThat(CollapseCommand.wrapped(text, 20))
        .isEqualTo("one\n\n  ends: conv1 is not\n    linear at all\n    W is short");
    assertThat(CollapseCommand.wrapped(text, Integer.MAX_VALUE)).isEqualTo(text);
  }

  private static void refuse(String sentence, String... args) {
    Cli cli = Cli.run(args);
    assertThat(cli.code()).as("%s: %s", sentence, cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(sentence);
  }

  @Test
  void aCollapsedNetworkIsWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("one.json");
    Cli cli = Cli.run("collapse", "mlp-9-tanh", "--activation", "linear", "--out", file.toString());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("W = W₂·W₁", "equal: on 3 random inputs");
    assertThat(Files.readString(file)).contains("linear1-linear2");
  }

  @Test
  void aTableIsLearnedByTheUnitsOwnRule(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("and.csv");
    Files.writeString(file, "x1,x2,d\n0,0,0\n0,1,0\n1,0,0\n1,1,1\n");
    Cli cli = Cli.run("train", "--model", "perceptron", "--data", file.toString());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("right 4 of 4 rows");
    refuse(
        "--hidden has no effect on perceptron, which is one unit: leave it out",
        "train",
        "--model=perceptron",
        "--data=" + file,
        "--hidden=3");
    Cli three = Cli.run("train", "--model=madaline", "--data=" + file, "--hidden=3");
    assertThat(three.out()).contains("weights: 3 hidden units");
    refuse("--hidden has no effect but on madaline", "train", "--model", "lenet", "--hidden", "3");
    refuse(
        "--momentum has no effect on perceptron, which learns by its own rule: leave it out",
        "train",
        "--model=perceptron",
        "--data=" + file,
        "--momentum=0.5");
  }
}
