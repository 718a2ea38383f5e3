package dev.vitrine.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.Auxiliary;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Dropout2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.Slice;
import dev.vitrine.nn.ZeroPad1d;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.summary.Summary;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFileTest {
  private static final String ALL =
      """
      {"name": "all", "input": [2, 16, 16],
       "layers": [
         {"conv2d": 4, "kernel": 5, "stride": 2, "padding": 2, "dilation": 1, "groups": 2,
          "bias": false},
         {"conv2d": 6},
         "relu", "sigmoid", "tanh", "softplus", {"leaky_relu": 0.1}, {"elu": 1},
         {"maxpool2d": 2, "stride": 1, "padding": 1, "ceil": true},
         {"avgpool2d": 3, "stride": 2, "padding": 1, "ceil": true, "count_padding": false},
         {"lrn": 5}, {"lrn": 4, "alpha": 2e-5, "divided": false, "beta": 0.5, "bias": 2},
         "batchnorm", {"batchnorm": true, "eps": 1e-3, "momentum": 0.01},
         {"convtranspose2d": 4, "kernel": 4, "stride": 2, "padding": 1, "output_padding": 1,
          "dilation": 2, "groups": 2, "bias": false},
         {"conv2d": 4, "stride": 2, "padding": "same"},
         {"conv2d": 4, "padding": [0, 1, 2, 3]},
         {"conv2d": 4, "kernel": [1, 3], "stride": [2, 1], "dilation": [1, 2], "padding": [0, 2]},
         {"convtranspose2d": 4, "kernel": [4, 2], "stride": [2, 1], "padding": [1, 0],
          "output_padding": [1, 0]},
         {"convtranspose2d": 4, "kernel": 2, "dilation": [1, 2], "padding": [0, 1, 1, 0]},
         {"maxpool2d": [3, 1], "stride": [2, 1], "padding": [1, 0], "dilation": [2, 1]},
         {"maxpool2d": [1, 2], "stride": 1},
         {"avgpool2d": [1, 3], "padding": [0, 1], "stride": [1, 2], "dilation": 1},
         {"maxpool2d": 2, "padding": "same"}, {"avgpool2d": 2, "padding": [1, 0, 0, 1]},
         "prelu", "gelu", {"gelu": true, "approximate": "tanh"}, "silu", "relu6", {"clip": [-1, 0.5]}, {"dropout2d": 0.25},
         {"zeropad2d": 1}, {"zeropad2d": [0, 3]}, {"zeropad2d": [0, 1, 2, 3]}, {"permute": [0, 2, 1]},
         {"slice": 1, "to": 5}, {"slice": 0, "from": 1, "to": 4}, "identity",
         {"residual": ["tanh", {"conv2d": 3, "padding": 1}]},
         {"residual": [{"conv2d": 4, "name": "inner"}], "shortcut": [{"conv2d": 4}],
          "name": "block"},
         {"parallel": [["identity"], ["relu", {"parallel": [["relu"], ["tanh"]]}]]},
         {"parallel": [{"conv2d": 2, "kernel": 1, "name": "narrow"}, {"sequential": ["relu"]},
                       {"sequential": ["tanh", "relu"], "name": "curved"}]},
         {"residual": "silu"}, {"residual": {"residual": "tanh"}, "shortcut": "relu"},
         {"auxiliary": ["flatten", {"linear": 10}]},
         {"auxiliary": ["flatten", {"linear": 10}], "weight": 0.5},
         {"adaptiveavgpool2d": 3}, {"adaptiveavgpool2d": [2, 1]}, "globalavgpool2d",
         "flatten",
         {"dropout": 0.5},
         {"linear": 7, "bias": false}, {"zeropad1d": [0, 1]}, {"zeropad1d": 2},
         {"linear": 10, "name": "scores"}]}
      """;

  @Test
  void everyKindAndOptionIsTheLayerThatItNames() {
    NetworkSpec spec = NetworkFile.parse(Json.parse(ALL, "all.json"));
    assertThat(spec.name()).isEqualTo("all");
    assertThat(spec.input()).isEqualTo(Shape.of(2, 16, 16));
    assertThat(spec.layers())
        .isEqualTo(
            Sequential.of(
                Conv2d.of(4, 5).stride(2).padding(2).groups(2).bias(false),
                Conv2d.of(6, 3),
                Activation.relu(),
                Activation.sigmoid(),
                Activation.tanh(),
                Activation.softplus(),
                Activation.leakyRelu(0.1),
                Activation.elu(1),
                MaxPool2d.of(2).stride(1).padding(1).ceil(true),
                AvgPool2d.of(3).stride(2).padding(1).ceil(true).countPadding(false),
                LocalResponseNorm.of(5),
                LocalResponseNorm.of(4).alpha(2e-5).divided(false).beta(0.5).bias(2),
                BatchNorm2d.of(),
                BatchNorm2d.of().eps(1e-3).momentum(0.01),
                ConvTranspose2d.of(4, 4)
                    .stride(2)
                    .padding(1)
                    .outputPadding(1)
                    .dilation(2)
                    .groups(2)
                    .bias(false),
                Conv2d.of(4, 3).stride(2).same(true),
                Conv2d.of(4, 3).padding(0, 1, 2, 3),
                Conv2d.of(4, 1, 3).stride(2, 1).dilation(1, 2).padding(0, 2),
                ConvTranspose2d.of(4, 4, 2).stride(2, 1).padding(1, 0).outputPadding(1, 0),
                ConvTranspose2d.of(4, 2).dilation(1, 2).padding(0, 1, 1, 0),
                MaxPool2d.of(3, 1).stride(2, 1).padding(1, 0).dilation(2, 1),
                MaxPool2d.of(1, 2).stride(1),
                AvgPool2d.of(1, 3).padding(0, 1).stride(1, 2),
                MaxPool2d.of(2).same(true),
                AvgPool2d.of(2).padding(1, 0, 0, 1),
                PRelu.of(),
                Activation.gelu(),
                Activation.geluTanh(),
                Activation.silu(),
                Activation.relu6(),
                Activation.clip(-1, 0.5),
                Dropout2d.of(0.25),
                ZeroPad2d.of(1),
                ZeroPad2d.of(0, 3),
                ZeroPad2d.of(0, 1, 2, 3),
                Permute.of(0, 2, 1),
                Slice.of(1, 0, 5),
                Slice.of(0, 1, 4),
                Identity.of(),
                Residual.of(Sequential.of(Activation.tanh(), Conv2d.of(3, 3).padding(1))),
                Named.of(
                    "block",
                    Residual.of(
                        Sequential.of(Named.of("inner", Conv2d.of(4, 3))),
                        Sequential.of(Conv2d.of(4, 3)))),
                Parallel.of(
                    Sequential.of(Identity.of()),
                    Sequential.of(
                        Activation.relu(),
                        Parallel.of(
                            Sequential.of(Activation.relu()), Sequential.of(Activation.tanh())))),
                Parallel.of(
                    Named.of("narrow", Conv2d.of(2, 1)),
                    Sequential.of(Activation.relu()),
                    Named.of("curved", Sequential.of(Activation.tanh(), Activation.relu()))),
                Residual.of(Activation.silu()),
                Residual.of(Residual.of(Activation.tanh()), Activation.relu()),
                Auxiliary.of(Sequential.of(Flatten.of(), Linear.of(10)), 0.3),
                Auxiliary.of(Sequential.of(Flatten.of(), Linear.of(10)), 0.5),
                AdaptiveAvgPool2d.of(3),
                AdaptiveAvgPool2d.of(2, 1),
                GlobalAvgPool2d.of(),
                Flatten.of(),
                Dropout.of(0.5),
                Linear.of(7).bias(false),
                ZeroPad1d.of(0, 1),
                ZeroPad1d.of(2, 2),
                Named.of("scores", Linear.of(10))));
  }

  @Test
  void thatTextHasAllKinds() {
    var used =
        Json.parse(ALL, "all.json").list("layers").stream()
            .map(layer -> layer.toString())
            .collect(Collectors.joining(" "));
    assertThat(new TreeSet<>(LayerKinds.ALL.keySet()))
        .allSatisfy(kind -> assertThat(used).contains(kind));
  }

  @Test
  void aFileOfLeNetIsLeNet() {
    String text =
        """
        {"name": "lenet", "input": [1, 28, 28],
         "layers": [{"conv2d": 20, "kernel": 5}, {"maxpool2d": 2},
                    {"conv2d": 50, "kernel": 5}, {"maxpool2d": 2},
                    "flatten", {"linear": 500}, "relu", {"linear": 10}]}
        """;
    NetworkSpec own = NetworkFile.parse(Json.parse(text, "lenet.json"));
    assertThat(own.layers()).isEqualTo(Zoo.find("lenet").layers());
    assertThat(own.input()).isEqualTo(Zoo.find("lenet").input());
  }

  @Test
  void aFileOfAResidualBlockIsTheZoosBlock() {
    String text =
        """
        {"name": "block", "input": [64, 8, 8],
         "layers": [
           {"residual": [
              {"conv2d": 128, "kernel": 3, "stride": 2, "padding": 1, "bias": false}, "batchnorm",
              "relu",
              {"conv2d": 128, "kernel": 3, "padding": 1, "bias": false}, "batchnorm"],
            "shortcut": [{"conv2d": 128, "kernel": 1, "stride": 2, "bias": false}, "batchnorm"],
            "name": "stage2_1"},
           "relu",
           {"residual": [
              {"conv2d": 128, "kernel": 3, "padding": 1, "bias": false}, "batchnorm",
              "relu",
              {"conv2d": 128, "kernel": 3, "padding": 1, "bias": false}, "batchnorm"],
            "name": "stage2_2"},
           "relu"]}
        """;
    List<Layer> zoo = ((Sequential) Zoo.find("resnet18").layers()).layers();
    int from = 0;
    while (!(zoo.get(from) instanceof Named named && named.name().equals("stage2_1"))) {
      from++;
    }
    assertThat(NetworkFile.parse(Json.parse(text, "block.json")).layers())
        .isEqualTo(Sequential.of(zoo.subList(from, from + 4)));
  }

  /** As a run's folder keeps it. */
  @Test
  void nestedNetworksSurviveBeingWritten() {
    JsonObject json = Json.parse(ALL, "all.json");
    JsonObject again = Json.parse(Json.line(json.fields()), "again.json");
    assertThat(NetworkFile.parse(again)).isEqualTo(NetworkFile.parse(json));
  }

  @ParameterizedTest
  @CsvSource({
    "small.json, small",
    "net.v2.json, net-v2",
    "my net_3, my net_3",
    "größer.json, gr-er",
    "..json, network",
    "-x-.json, x-",
    ".hidden, hidden",
    "网络.json, network"
  })
  void withoutANameTheFilesServes(String file, String name, @TempDir Path folder)
      throws IOException {
    String fields = "\"input\": [5], \"layers\": [\"tanh\"]}";
    Path path = folder.resolve(file);
    Files.writeString(path, "{" + fields);
    assertThat(NetworkFile.read(path).name()).isEqualTo(name);
    Files.writeString(path, "{\"name\": null, " + fields);
    assertThat(NetworkFile.read(path).title()).isEqualTo(name);
    Files.writeString(path, "{\"name\": \"own\", " + fields);
    assertThat(NetworkFile.read(path).name()).isEqualTo("own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[3072]", "[1, 100000, 1]", "[2147483647]", "[1, 1, 2000000000]"})
  void inputsAreAsLargeAsAnArray(String input) {
    String text = "{\"name\": \"x\", \"input\": %s, \"layers\": \"relu\"}".formatted(input);
    assertThat(NetworkFile.parse(Json.parse(text, "x")).input())
        .hasToString(input.replace('[', '(').replace(']', ')'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2147483648]|x: \"input\" expects one to three sizes from 1 to 2^31 − 1, such as [1, 28, 28], but got [2147483648]",
        "[3, 50000, 50000]|x: \"input\": Shape (3, 50000, 50000) has more than 2^31 − 1 elements",
        "[1, 2, 3, 4]|x: \"input\" expects one to three sizes from 1 to 2^31 − 1, such as [1, 28, 28], but got [1, 2, 3, 4]"
      })
  void largerInputsAreRefused(String input, String sentence) {
    String text = "{\"name\": \"x\", \"input\": %s, \"layers\": \"relu\"}".formatted(input);
    assertThatThrownBy(() -> NetworkFile.parse(Json.parse(text, "x")))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  /** No weight is allocated. */
  @Test
  void widthsAreAsLargeAsAnArray() {
    String text =
        "{\"name\": \"wide\", \"input\": [1], \"layers\": [{\"linear\": 2000000000, \"bias\": false}]}";
    NetworkSpec wide = NetworkFile.parse(Json.parse(text, "wide"));
    assertThat(Summary.of(wide.layers(), wide.input()).parameters()).isEqualTo(2_000_000_000);
  }

  @Test
  void nestingIsDeepOnlyInSize() {
    String inner = "\"tanh\"";
    for (int depth = 0; depth < 100; depth++) {
      inner = "{\"residual\": [%s]}".formatted(inner);
    }
    String text = "{\"name\": \"deep\", \"input\": [5], \"layers\": [%s]}".formatted(inner);
    assertThat(NetworkFile.parse(Json.parse(text, "deep.json")).input()).isEqualTo(Shape.of(5));
  }
}
