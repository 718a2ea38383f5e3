package dev.vitrine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.testkit.DrawnModel;
import dev.vitrine.testkit.LayerCases;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Vitrine exports, run by ONNX Runtime. */
class ExportParityTest {
  /** Of the largest output. */
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  /** Prints the table of docs/weights.md. */
  @Test
  void everyNetworkOfTheZooAgrees() throws OrtException {
    List<String> table = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (NetworkSpec spec : Zoo.all()) {
      Model model = DrawnModel.of(spec.layers(), spec.input(), Seed.of(1));
      Path file = folder.resolve(spec.name() + ".onnx");
      Parity parity = Parity.of(model, file);
      OnnxModel written = OnnxModel.read(file);
      table.add(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %d | %d | %.1e | %.1e | %s | %s |",
              spec.name(),
              model.parameters().layout().elements(),
              written.graph().nodes().size(),
              written.opsets().get(""),
              parity.absolute(),
              parity.relative(),
              parity.top5() ? "equal" : "differ",
              parity.same() ? "equal" : "rounded"));
      if (!(parity.relative() <= TOLERANCE) || !parity.top5()) {
        faults.add(spec.name() + ": " + parity);
      }
      assertThat(file.toFile().delete()).isTrue();
    }
    System.out.println(String.join("\n", table));
    assertThat(faults).isEmpty();
  }

  @Test
  void everyLayerAgrees() {
    Map<String, String> faults = new TreeMap<>();
    LayerCases.layers()
        .forEach((layer, sizes) -> {
          Model model = DrawnModel.of(layer, Shape.of(sizes), Seed.of(2));
          try {
            Parity parity = Parity.of(model, folder.resolve("layer.onnx"));
            if (!(parity.relative() <= TOLERANCE)) {
              faults.put(layer.toString(), parity.toString());
            }
          } catch (OrtException e) {
            faults.put(layer.toString(), e.getMessage());
          }
        });
    assertThat(faults).isEmpty();
  }
}
