package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.ClassNames;
import dev.vitrine.format.Json;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of 1,000 classes of which nobody says what they are. */
class ImageNetNamesTest {
  private static final String SENTENCE = "its 1,000 classes are taken for ImageNet's";

  @TempDir private Path folder;

  @BeforeEach
  void make() {
    Raster wide = Raster.black(6, 3, 3);
    wide.fill(200);
    Png.write(folder.resolve("wide.png"), wide);
  }

  /** Classifies with weights of 0 and a bias that knows but one answer. */
  private Cli classify(int classes, int best, String... more) throws IOException {
    Files.writeString(
        folder.resolve("net.json"),
        "{\"input\": [3, 2, 2], \"layers\": [\"flatten\", {\"linear\": %s}]}".formatted(classes));
    float[] bias = new float[classes];
    bias[best] = 20;
    Shape weight = Shape.of(classes, 12);
    Safetensors.write(
        folder.resolve("net.safetensors"),
        List.of(
            TensorData.floats("linear1.weight", weight, new float[weight.elements()]),
            TensorData.floats("linear1.bias", Shape.of(classes), bias)),
        Map.of());
    String[] command = {
      "classify", path("net.safetensors"), path("wide.png"), "--network", path("net.json")
    };
    String[] all = new String[command.length + more.length];
    System.arraycopy(command, 0, all, 0, command.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return Cli.run(all);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aThousandClassesAreImageNets() throws IOException {
    Cli tiger = classify(1000, 292, "--json", path("x.json"));
    assertThat(tiger.out()).contains("  tiger, Panthera tigris").contains(SENTENCE);
    assertThat(Json.read(folder.resolve("x.json")).list("images").toString())
        .contains("tiger, Panthera tigris");
    assertThat(classify(1000, 0).out()).contains("  tench, Tinca tinca");
    assertThat(classify(1000, 999).out()).contains("  toilet tissue, toilet paper");
  }

  /** All but the cranes, the bird (134) and the machine (517), have names of their own. */
  @Test
  void theNamesAreAThousand() {
    List<String> names = ClassNames.imageNet();
    assertThat(names).hasSize(1000).noneMatch(String::isBlank);
    assertThat(Set.copyOf(names)).hasSize(999);
    assertThat(names.get(134)).isEqualTo("crane").isEqualTo(names.get(517));
  }

  @Test
  void aFileOfNamesGoesBefore() throws IOException {
    Files.write(folder.resolve("names.txt"), Collections.nCopies(1000, "thing"));
    assertThat(classify(1000, 292, "--labels", path("names.txt")).out())
        .contains("  thing")
        .doesNotContain("tiger")
        .doesNotContain(SENTENCE);
  }

  @Test
  void otherNumbersOfClassesAreNot() throws IOException {
    assertThat(classify(999, 292).out()).contains("  292 ").doesNotContain(SENTENCE);
  }

  @Test
  void howAPictureWasFittedIsKept() throws IOException {
    classify(1000, 292, "--fit", "pad", "--background", "black", "--json", path("x.json"));
    assertThat(Json.read(folder.resolve("x.json")).string("preprocess"))
        .isEqualTo("unit: resized to fit into 2 × 2, black around it, RGB, pixels/255");
    assertThat(classify(1000, 292, "--fit", "squeeze").err())
        .contains("Unknown fit \"squeeze\"; known: stretch, crop, pad");
  }
}
