package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.weights.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command that runs or counts an ONNX file's network says what it does not know of it. */
class LaterOpsetTest {
  private static final String REMARK = "its operators are of opset 26, but the newest known is 25";

  @TempDir private Path box;

  @Test
  void everyCommandTellsOfOperatorsThatAreNewer() throws IOException {
    NetworkSpec network = NetworkFile.read(TinyData.network(box));
    Path file = box.resolve("later.onnx");
    OnnxModel made = OnnxFile.of(Model.of(network.layers(), network.input()), file);
    new OnnxModel(file, made.irVersion(), "", "", Map.of("", 26L), made.graph(), 0).write(file);
    Path data = TinyData.write(box.resolve("data"));
    for (String words :
        new String[] {
          "summary %s",
          "evaluate %s --data %s",
          "classify %s --data %s --example 0",
          "readout %s --data %s --example 0 --layer linear1",
          "convert %s " + box.resolve("again.onnx"),
          "convert %s " + box.resolve("again.onnx") + " --certify"
        }) {
      Cli cli = Cli.done(words, file, data);
      assertThat(String.join(" ", (cli.out() + cli.err()).split("\\s+")))
          .as(words)
          .contains(REMARK);
    }
    Path counts = box.resolve("counts.json");
    Cli.done("summary %s --json %s", file, counts);
    assertThat(counts).content().contains(REMARK);
  }
}
