package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vitrine grad} on a command line. */
class GradCommandTest {
  private static final String NESTED = "sigmoid(sigmoid(x1+w1)*w2+x2)";
  private static final String AT = "--at x1=1,x2=0 --at w1=0,w2=0";

  @Test
  void aTraceInTextAndAscii() {
    Cli text = Cli.quiet("grad %s %s --wrt w2", NESTED, AT);
    assertThat(text.out()).contains("∂f/∂w₂ = 0.182764645   by differences 0.182764645 ✓");
    Cli ascii = Cli.quiet("grad %s %s --wrt w2 --ascii", NESTED, AT);
    assertThat(ascii.out()).contains("df/dw2 = 0.182764645   by differences 0.182764645 ok");
    assertThat(ascii.out().chars()).allMatch(c -> c < 128);
    Cli judged = Cli.run("grad %s %s --wrt w2 --ascii --expect 0.365529".formatted(NESTED, AT));
    assertThat(judged.out()).contains("sigmoid'(z) written sigmoid(z)sigmoid(1 - z) at");
    assertThat(judged.out().chars()).allMatch(c -> c < 128);
  }

  @Test
  void formatsByEnding(@TempDir Path folder) throws IOException {
    Path markdown = folder.resolve("trace.md");
    Path json = folder.resolve("trace.json");
    Cli.quiet("grad %s %s --out %s --json %s", NESTED, AT, markdown, json);
    assertThat(Files.readString(markdown))
        .contains("\\sigma(z_{2})(1 - \\sigma(z_{2}))")
        .contains("\\frac{\\partial f}{\\partial w_{2}}");
    assertThat(Files.readString(json))
        .contains("\"objective\" : \"f\"")
        .contains("\"holds\" : true");
  }

  @Test
  void aPage(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("trace.html");
    Cli.quiet("grad %s %s --wrt w2 --expect 0.1828 --out %s", NESTED, AT, page);
    assertThat(Files.readString(page))
        .contains("<svg class=\"trace\"")
        .contains("Right to the digits given: it is 0.182764645.");
    Cli.quiet("grad --layer lrn --out %s", page);
    assertThat(Files.readString(page)).contains("<h1>LocalResponseNorm", "Jacobian");
    Cli.quiet("grad --function tanh --out %s", page);
    assertThat(Files.readString(page))
        .contains("from the output alone", "<title>tanh ·", "<h1>tanh</h1>")
        .contains("<svg", "class=\"chart\"", "saturated")
        .doesNotContain("⠀", "in dots");
    wrong("no effect with --layer softmax", "grad --layer softmax --kernel 3");
    wrong("no effect on a network without numbers", "grad lenet --example 0 --divisor 2");
  }

  @Test
  void aStepOfDescent() {
    Cli cli =
        Cli.quiet(
            "grad %s %s --at y=5 --loss sq(f-y) --wrt w2 --rate 0.5 --steps numbers", NESTED, AT);
    assertThat(cli.out())
        .contains("w₂ ← w₂ − η·∂L/∂w₂ = 0 − 0.5·(−1.6448818) = 0.822440901")
        .contains("L was 20.25 and is 18.9578141 after the step.");
  }

  @Test
  void anAnswerIsJudged() {
    Cli right = Cli.quiet("grad %s %s --wrt w2 --expect 0.1828", NESTED, AT);
    assertThat(right.out()).contains("Right to the digits given: it is 0.182764645.");
    Cli wrong = Cli.run("grad %s %s --wrt w2 --expect 1/(2(1+1/e)) --json -".formatted(NESTED, AT));
    assertThat(wrong.code()).isEqualTo(4);
    assertThat(wrong.out()).contains("\"outcome\" : \"unequal\"");
    assertThat(wrong.err())
        .contains("A usual slip gives it: the backward pass run twice, its gradients added up.")
        .contains("Two slips together give it: ");
  }

  @Test
  void aResultIsJudged() {
    Cli right = Cli.quiet("grad %s %s --wrt w2 --expect f=0.5", NESTED, AT);
    assertThat(right.out()).contains("Answer: f = 0.5", "Right: it is 0.5.");
    Cli wrong = Cli.run("grad %s %s --wrt w2 --expect f=0.6".formatted(NESTED, AT));
    assertThat(wrong.code()).isEqualTo(4);
    assertThat(wrong.out()).contains("Wrong: it is 0.5, and the answer 0.1 more");
    assertThat(wrong.out()).contains("No usual slip fits.");
  }

  /** Networks are opened as look opens them. */
  @Test
  void networksAtAMoment(@TempDir Path folder) throws IOException {
    wrong("\"leent\" is no network; did you mean \"lenet\"?", "grad leent");
    wrong("no run folder, checkpoint or network leent; did you mean", "grad leent --when init");
    wrong("--when expects init or nothing, but got \"last\"", "grad lenet --when last");
    wrong("--key has no effect on a network without numbers", "grad lenet --key params");
    wrong("--layout of a layer expects numerator or", "grad --layer linear --layout hwio");
    wrong("--layout has no effect without --layer or a network", "grad x --at x=1 --layout hwio");
    Path network = MatlabExample.network(folder);
    Path numbers = MatlabExample.numbers(folder);
    Cli cli = Cli.done("grad %s --network %s --layout flip", numbers, network);
    assertThat(cli.out()).contains("conv1.weight");
    wrong(
        "is no run, so nothing is known of other moments",
        "grad %s --network %s --when init".formatted(numbers, network));
  }

  @Test
  void aDerivationIsGoneThrough(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.txt");
    Files.writeString(file, "∂f/∂z2 = σ(z2)(1 - σ(z2)) = 0.25\n∂f/∂w2 = 0.25*0.5\n");
    Cli wrong = Cli.run("grad %s %s --wrt w2 --check %s".formatted(NESTED, AT, file));
    assertThat(wrong.code()).isEqualTo(4);
    assertThat(wrong.out())
        .contains("line 1: ∂f/∂z2 = 0.25 is right.")
        .contains("line 2: ∂f/∂w2 = 0.25*0.5 is wrong, the first that is.")
        .contains("It comes to 0.125 and should be 0.182764645, off by −0.0577646447.");
    Files.writeString(file, "∂f/∂w2 = a1/4\n");
    Cli elsewhere = Cli.run("grad %s %s --wrt w2 --check %s".formatted(NESTED, AT, file));
    assertThat(elsewhere.code()).isEqualTo(4);
    Files.writeString(file, "∂f/∂w2 = f*(1 - f)*a1\n");
    assertThat(Cli.quiet("grad %s %s --check %s", NESTED, AT, file).out())
        .contains("All of it is right.");
  }

  @Test
  void faultsPointAtTheirColumn() {
    Cli cli = Cli.run("grad", "sigmoid(x1 + ) * w2", "--at", "x1=1,w2=2");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.complaints())
        .containsExactly(
            "  sigmoid(x1 + ) * w2",
            "               ^",
            "vitrine: Column 14 of \"sigmoid(x1 + ) * w2\": expected a number, a name, ( or [, but got )");
  }

  @Test
  void badOptionsAreRefused() {
    refused("--format expects text, markdown, html, json, but got \"txt\"", "--format", "txt");
    refused("--steps expects main, all, numbers, but got \"al\"", "--steps", "al");
    refused("\"x\" is given a value twice: leave one out", "--at", "x=2");
    refused("--rate expects a number, but got \"fast\"", "--rate", "fast");
    refused("--ascii is about text, but json is written: leave it out", "--ascii", "--format=json");
    refused(
        "--out expects a name that ends with .txt, .md, .html or .json, but got \"a.pdf\"",
        "--out",
        "a.pdf");
  }

  @Test
  void aLayerIsExplained(@TempDir Path folder) throws IOException {
    String pooling = "grad --layer maxpool --kernel 2 --stride 1 --at x=[3,2,5;4,1,7;3,5,0]";
    Cli text = Cli.quiet(pooling + " --at dy=[1,2;3,4] --element 0,1,2");
    assertThat(text.out()).contains("dx[0,1,2] = 2·1 + 4·1 = 6");
    Cli ascii = Cli.quiet(pooling + " --ascii");
    assertThat(ascii.out().chars()).allMatch(c -> c < 128);
    Path json = folder.resolve("layer.json");
    Path markdown = folder.resolve("layer.md");
    Cli.quiet(pooling + " --json %s --out %s", json, markdown);
    assertThat(Files.readString(json)).contains("\"holds\" : true").contains("\"jacobian\"");
    assertThat(Files.readString(markdown)).contains("## Forward\n\n```\nx");
    assertThat(Cli.quiet("grad --layer softmax --at x=[1,2,3] --at t=2").out())
        .contains("dx = p − y = (0.0900306  0.244728  −0.334759)");
    assertThat(Cli.quiet("grad --layer linear --layout denominator").out())
        .contains("in denominator layout: a row for each input");
  }

  @Test
  void aNetworkIsGoneThrough(@TempDir Path folder) throws IOException {
    Path json = folder.resolve("network.json");
    Path markdown = folder.resolve("network.md");
    Cli.quiet(
        "grad mlp --data digits --example 3 --weight linear2.weight[7,2] --json %s --out %s",
        json, markdown);
    assertThat(Files.readString(json))
        .contains("\"name\" : \"linear2.weight[7,2]\"")
        .contains("\"holds\" : true");
    assertThat(Files.readString(markdown))
        .contains("## Where the gradient of linear2.weight[7,2] comes from");
    Path plan = folder.resolve("plan.json");
    Files.writeString(plan, "{\"input\": [2], \"layers\": [{\"linear\": 2}]}");
    Cli whole = Cli.quiet("grad %s --at x=[1,2] --at linear1.weight=[1,0;0,1] --ascii", plan);
    assertThat(whole.out()).contains("BP4").contains("p - y (BP1)");
    assertThat(whole.out().chars()).allMatch(c -> c < 128);
  }

  @Test
  void whatDoesNotFitANetworkIsSaid() {
    wrong("lenet was not trained, so no data are known", "grad lenet --example 0");
    wrong("An example is drawn for small networks alone", "grad lenet");
    wrong("Unknown parameter \"conv1.w\"", "grad lenet --weight conv1.w[0]");
    wrong("grad goes through one example", "grad mlp --data digits --example 0,1");
    wrong("--wrt has no effect without an expression", "grad mlp --example 0 --wrt w");
    wrong("--weight has no effect without a network", "grad --layer lrn --weight w[0]");
    wrong("--at has no effect beside an example", "grad mlp --data digits --example 0 --at x=1");
    wrong("A gradient needs the picture's true class: add --class", "grad mlp no.png");
    wrong("Unknown loss \"mae\"", "grad mlp --data digits --example 0 --loss mae");
    wrong("Unknown argument \"x^3\"", "grad x^2 x^3 --at x=1");
  }

  @Test
  void anExpressionMayBeginWithAMinusSign() {
    assertThat(Cli.quiet("grad -x^2 --at x=2").out()).contains("∂f/∂x = −4");
    wrong("Unknown option \"--expct\"; did you mean \"--expect\"?", "grad -x^2 --expct 3");
  }

  @Test
  void aFunctionIsShown() {
    Cli proved = Cli.quiet("grad --function tanh --equals 2*sigmoid(2*x)-1");
    assertThat(proved.out())
        .contains("tanh′(x) = 1 − y²")
        .contains("Largest slope: 1, at x = 0.")
        .contains("Proved: ");
    Cli refuted = Cli.run("grad --function tanh --equals 2*sigmoid(x)-1 --ascii --json -");
    assertThat(refuted.code()).isEqualTo(4);
    assertThat(refuted.out()).contains("\"outcome\" : \"refuted\"").contains("\"x\" : 1.0");
    assertThat(refuted.err().chars()).allMatch(c -> c < 128);
  }

  @Test
  void whatIsLookedAtIsOneThing() {
    wrong("Missing what to derive: an expression, a network, --layer or --function", "grad");
    wrong("--layer and --function are looked at by themselves", "grad --layer lrn --function tanh");
    wrong("--kernel has no effect without --layer", "grad x^2 --at x=1 --kernel 2");
    wrong("--equals has no effect without --function", "grad x^2 --at x=1 --equals x");
    wrong(
        "--loss has no effect without an expression or a network", "grad --layer lrn --loss sq(f)");
    wrong("--at has no effect with --function", "grad --function tanh --at x=1");
    wrong(
        "--element expects an index such as 0,1,2, but got \"a\"", "grad --layer lrn --element a");
    wrong(
        "--layout of a layer expects numerator or denominator, but got \"rows\"",
        "grad --layer lrn --layout rows");
    wrong("Softmax with cross-entropy has no \"w\"", "grad --layer softmax --at w=1");
    wrong("\"tahn\" is no function of the engine; did you mean \"tanh\"?", "grad --function tahn");
    wrong("unknown kind \"maxpol\"; did you mean \"maxpool2d\"?", "grad --layer maxpol");
    wrong("expects an input of at least 5×5", "grad --layer conv2d --kernel 5 --input 1x4x4");
  }

  private static void wrong(String sentence, String words) {
    Cli cli = Cli.run(words);
    assertThat(cli.code()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(sentence);
  }

  private static void refused(String sentence, String... options) {
    String[] args = new String[options.length + 4];
    System.arraycopy(new String[] {"grad", "x^2", "--at", "x=1"}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    Cli cli = Cli.run(args);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains(sentence);
  }
}
