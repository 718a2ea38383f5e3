package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "summary lenet --flops macs|--flops expects 2mac or exact, but got \"macs\"",
        "summary lenet --input 1x28x|--input expects one to three sizes, such as 3x227x227, but got"
            + " \"1x28x\"",
        "summary lenet --input 0x28x28|--input expects one to three sizes, such as 3x227x227, but"
            + " got \"0x28x28\"",
        "summary lenet --input 999999x999999|--input 999999x999999: Shape (999999, 999999) has more"
            + " than 2^31 − 1 elements",
        "summary vgg16 --input 3x20x20|vgg16: Layer pool5 does not fit a network input of (3, 20,"
            + " 20): MaxPool(2×2, stride 2) expects an input of at least 2×2 with its"
            + " padding, but got (512, 1, 1): use larger images or another model",
        "summary lenet --input 784|lenet: Layer conv1 does not fit a network input of (784):"
            + " Conv2d(20, 5×5) expects an image (C, H, W), but its input is (784)",
        "summary alexnet-grouped --input 3x20000x20000|alexnet-grouped: Layer conv1 does not fit a"
            + " network input of (3, 20000, 20000): Shape (96, 4998, 4998) has more than 2^31 − 1"
            + " elements",
        "summary lenet mlp --plan|--plan shows one network's plan, but got 2: choose one",
        "summary lenet --plan --explain|--explain is about counts, but --plan shows steps: leave it"
            + " out",
        "summary lenet --training|--training says which steps --plan shows: give --plan, too, or leave"
            + " it out",
        "summary --list --training|--training is about the networks of a summary, but --list lists all"
            + " as they were published: leave it out",
        "summary lenet --plan --batch 0|The batch expects 1 to 1,000,000 examples, but got 0",
        "summary lenet --plan --format html|--plan writes text, markdown, csv or json, but got html:"
            + " choose another --format or ending of --out",
        "summary --list --plan|--plan is about the networks of a summary, but --list lists all as"
            + " they were published: leave it out",
        "summary lenet --batch 0|The batch expects 1 to 1,000,000 examples, but got 0",
        "summary lenet --format markdwon|--format expects text, markdown, csv, json, html, network, but got"
            + " \"markdwon\"; did you mean \"markdown\"?",
        "summary lenet --format csv --out BOX/x.html|--format csv contradicts --out BOX/x.html,"
            + " which is named like html: change one of them",
        "summary lenet --explain --format csv|--explain writes formulas, for which CSV has no place:"
            + " choose another --format",
        "summary lenet mlp --explain|--explain explains one network, but got 2: choose one, or"
            + " --format html",
        "summary lenet --explain --out BOX/x.csv|--explain writes formulas, for which CSV has no"
            + " place: choose another --format",
        "summary BOX/x.safetensors|BOX/x.safetensors is a checkpoint, which holds numbers alone: give"
            + " its network, by name or file, or its run folder",
        "summary --list lenet|--list lists all networks: leave out \"lenet\"",
        "summary --list --explain|--explain is about the networks of a summary, but --list lists all"
            + " as they were published: leave it out",
        "summary --list --input 1x28x28|--input is about the networks of a summary, but --list lists"
            + " all as they were published: leave it out",
        "summary --list --out BOX/x.html|--list writes text, markdown, csv or json, but got html:"
            + " choose another --format or ending of --out",
        "summary --list --json BOX/no/x|Cannot write BOX/no/x: its folder does not exist",
        "summary lenet --out BOX/a.csv --json BOX/a.csv|--out and --json would both write BOX/a.csv:"
            + " give --json another name",
        "summary --list --out BOX/a --json BOX/./a|--out and --json would both write BOX/./a: give"
            + " --json another name",
        "summary lenet --out BOX/x.pdf|--out expects a name that ends with .txt, .md, .csv, .json or"
            + " .html, but got \"BOX/x.pdf\": change it, or add --format",
        "summary lenet mlp --out BOX/x.htm|--out expects a name that ends with .txt, .md, .csv,"
            + " .json or .html, but got \"BOX/x.htm\": change it, or add --format",
        "summary lenet --out BOX/no/x.md|Cannot write BOX/no/x.md: its folder does not exist",
        "summary resnet15|Unknown model \"resnet15\": expected a name that 'vitrine summary --list'"
            + " shows, or a network file; did you mean \"resnet18\"?",
      })
  void badInputIsOneLine(String words, String sentence) throws IOException {
    assertThat(RefusalBox.in(folder).refused(words)).isEqualTo("vitrine: " + sentence);
  }

  @Test
  void jsonHasStableNames() {
    Path file = folder.resolve("lenet.json");
    Cli cli = Cli.run("summary", "lenet", "--json", file.toString());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("431,080");
    JsonObject summary = Json.read(file);
    assertThat(summary.fields().keySet())
        .containsExactly(
            "model",
            "input",
            "batch",
            "convention",
            "parameters",
            "weights",
            "biases",
            "macs",
            "flops_forward",
            "flops_backward",
            "activation_bytes",
            "layers");
    assertThat(summary.integer("parameters")).isEqualTo(431_080);
    assertThat(summary.integer("macs")).isEqualTo(2_293_000);
    JsonObject first = (JsonObject) summary.list("layers").getFirst();
    assertThat(first.fields().keySet())
        .containsExactly(
            "name",
            "layer",
            "inputs",
            "output",
            "weight_shapes",
            "parameters",
            "weights",
            "biases",
            "macs",
            "multiplications",
            "additions",
            "comparisons",
            "functions",
            "flops_forward",
            "flops_backward",
            "activation_bytes",
            "moved_bytes",
            "receptive_field",
            "receptive_jump",
            "receptive_first");
    assertThat(first.string("name")).isEqualTo("conv1");
    assertThat(first.integer("parameters")).isEqualTo(520);
  }

  @Test
  void theOptionsReDeriveEverything() {
    Path file = folder.resolve("wide.json");
    Cli cli =
        Cli.run(
            "summary",
            "alexnet-torchvision",
            "--input",
            "1x448x448",
            "--batch",
            "3",
            "--flops",
            "exact",
            "--no-biases",
            "--explain",
            "--json",
            file.toString());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("FLOP = multiplication, addition, comparison or function, without biases")
        .contains(" 11·11·1·64 = 7,744")
        .contains("3·(11·11·1 + 11·11·1 − 1)·64·111·111");
    JsonObject summary = Json.read(file);
    assertThat(summary.integer("biases")).isZero();
    assertThat(summary.integer("batch")).isEqualTo(3);
    assertThat(((JsonObject) summary.list("layers").getFirst()).list("formulas")).isNotEmpty();
  }

  @Test
  void theEndingOfTheFileChoosesTheFormat() throws IOException {
    for (String ending : List.of("txt", "md", "csv", "json", "html")) {
      Path file = folder.resolve("two." + ending);
      Cli cli = Cli.run("summary", "lenet5", "mlp", "--out", file.toString());
      assertThat(cli.code()).as(cli.err()).isZero();
      assertThat(cli.out().strip()).isEqualTo(file.toString());
    }
    assertThat(Files.readString(folder.resolve("two.txt")))
        .contains("MLP 100-100 holds all of its parameters in three dense layers.");
    assertThat(Files.readString(folder.resolve("two.md"))).contains("| MLP 100-100 | 1×28×28");
    assertThat(Files.readString(folder.resolve("two.csv")).lines()).hasSize(3);
    assertThat(Json.read(folder.resolve("two.json")).list("networks")).hasSize(2);
    assertThat(Files.readString(folder.resolve("two.html"))).startsWith("<!DOCTYPE html>");
  }

  @Test
  void aNetworkFileIsSummarisedToo() throws IOException {
    Path file = folder.resolve("example.json");
    Files.writeString(
        file,
        """
        {"name": "example", "input": [50, 12, 12],
         "layers": [{"conv2d": 20, "kernel": 4, "stride": 2, "padding": 1},
                    {"maxpool2d": 3, "stride": 1}]}
        """);
    Cli cli = Cli.run("summary", file.toString(), "--flops", "exact", "--no-biases");
    assertThat(cli.out()).contains("1,151,280").contains("2,560").contains("1,153,840");
    assertThat(Cli.run("summary", file.toString(), "--flops", "exact").out()).contains("1,154,560");
  }

  @Test
  void aNetworkIsWrittenAsAFile() throws IOException {
    Path file = folder.resolve("mine.json");
    Cli.quiet("summary lenet --format network --out %s", file);
    assertThat(Files.readString(file))
        .startsWith(
            "{\"name\": \"lenet\", \"input\": [1, 28, 28],\n \"layers\": [{\"conv2d\": 20, ");
    assertThat(Cli.quiet("summary %s", file).out().lines().skip(1))
        .containsExactlyElementsOf(Cli.quiet("summary lenet").out().lines().skip(1).toList());
    assertThat(Cli.quiet("summary %s --format network", file).out())
        .isEqualTo(Files.readString(file));
    assertThat(Cli.quiet("summary lenet --format network --input 3x32x32").out())
        .startsWith("{\"name\": \"lenet\", \"input\": [3, 32, 32],");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lenet vgg11 --format network|--format network writes one network, but got 2: choose one",
        "lenet --format network --batch 2|--batch is about counts, but --format network writes"
            + " layers: leave it out",
        "--list --format network|--list writes text, markdown, csv or json, but got network: choose"
            + " another --format or ending of --out",
        "lenet --format network --out x.csv|--format network contradicts --out x.csv, which is named"
            + " like csv: change one of them",
        "madaline --format network|madaline: layer 2: a network file has no kind for the layer"
            + " \"ThresholdUnit\"",
        "lenet --format network --input 3x4x4|lenet: Layer conv1 does not fit a network input of (3,"
            + " 4, 4): Convolution(5×5) expects an input of at least 5×5 with its padding, but got (3,"
            + " 4, 4): use larger images or another model",
      })
  void whatIsNoNetworkFile(String words, String sentence) {
    Cli cli = Cli.run("summary " + words);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).isEqualTo("vitrine: %s%n".formatted(sentence));
  }

  @Test
  void theListNamesEveryNetwork() {
    Cli cli = Cli.run("summary", "--list");
    assertThat(cli.out().lines().skip(2).map(line -> line.split(" ", 2)[0]))
        .containsExactlyElementsOf(Zoo.names());
  }

  @Test
  void theListIsForScriptsToo() throws IOException {
    Path json = folder.resolve("list.json");
    Path csv = folder.resolve("list.csv");
    Cli cli = Cli.run("summary", "--list", "--json", json.toString(), "--out", csv.toString());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out().strip()).isEqualTo(csv.toString());
    List<?> networks = Json.read(json).list("networks");
    assertThat(networks)
        .extracting(network -> ((JsonObject) network).string("name"))
        .containsExactlyElementsOf(Zoo.names());
    JsonObject lenet = (JsonObject) networks.get(Zoo.names().indexOf("lenet"));
    assertThat(lenet.fields().keySet()).containsExactly("name", "title", "input", "parameters");
    assertThat(lenet.list("input")).isEqualTo(List.of(1L, 28L, 28L));
    assertThat(lenet.integer("parameters")).isEqualTo(431_080);
    assertThat(Files.readString(csv)).startsWith("name,title,input,parameters\r\n");
    assertThat(Cli.run("summary", "--list", "--format", "json").out().strip())
        .isEqualTo(Files.readString(json).strip());
    assertThat(Cli.run("summary", "--list", "--format", "markdown").out())
        .startsWith("| name | network | input | parameters |");
  }

  @Test
  void aNameWithoutAnEndingGetsATextAndFormatDecidesForAnyOther() throws IOException {
    Path plain = folder.resolve("plain");
    assertThat(Cli.run("summary", "lenet", "--out", plain.toString()).code()).isZero();
    assertThat(Files.readString(plain)).contains("431,080");
    Path data = folder.resolve("x.dat");
    String[] words = {"summary", "lenet", "--format", "csv", "--out", data.toString()};
    assertThat(Cli.run(words).code()).isZero();
    assertThat(Files.readString(data)).startsWith("layer,type,input");
  }
}
