package dev.vitrine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** ONNX's own tests of single operators, all but those that are listed with their reasons. */
class OnnxBackendTest {
  private static final int CASES = 156;

  private static final String CONSTANT =
      "1 of its nodes cannot be read: \"z\" is the same whatever goes in";

  /** A mask that is all true is no network; an input without numbers is no example. */
  private static final Map<String, String> NOT_PASSING =
      Map.of(
          "test_dropout_default_mask",
          CONSTANT,
          "test_dropout_default_mask_ratio",
          CONSTANT,
          "test_reshape_allowzero_reordered",
          "1 of its nodes cannot be read: \"reshaped\" (Reshape, opset 25): [1, 3, 4] cannot become"
              + " [3, 4, 0]");

  @Test
  void everyCaseInScopePasses() throws IOException {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Path node = Path.of(data, "onnx-backend-tests", "node");
    assumeTrue(Files.isDirectory(node), "VITRINE_DATA has no onnx-backend-tests");
    List<Path> cases;
    try (Stream<Path> folders = Files.list(node)) {
      cases = folders.sorted().toList();
    }
    Map<String, String> faults = new TreeMap<>();
    for (Path each : cases) {
      new BackendCase(each)
          .fault()
          .ifPresent(fault -> faults.put(each.getFileName().toString(), fault));
    }
    assertThat(cases).hasSize(CASES);
    assertThat(faults).isEqualTo(NOT_PASSING);
  }
}
