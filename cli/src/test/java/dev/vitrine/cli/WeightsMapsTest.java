package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stored tensors drawn as maps by {@code weights --maps}. */
class WeightsMapsTest {
  @TempDir private Path folder;
  private String file;

  @BeforeEach
  void write() {
    file = folder.resolve("stored.safetensors").toString();
    // Of N H W C: channel 0 is 1 in the first row, channel 1 in the last column.
    float[] hwc = {1, 0, 1, 1, 0, 0, 0, 1};
    float[] chw = {1, 1, 0, 0, 0, 1, 0, 1};
    Safetensors.write(
        Path.of(file),
        List.of(
            TensorData.floats("hwc", Shape.of(1, 2, 2, 2), hwc),
            TensorData.floats("chw", Shape.of(2, 2, 2), chw),
            TensorData.floats("three", Shape.of(3, 3, 1), new float[9]),
            TensorData.floats("vector", Shape.of(4), new float[4])),
        Map.of());
  }

  private byte[] drawn(String key, String axes) throws Exception {
    String png = folder.resolve(key + ".png").toString();
    Cli cli = Cli.run("weights", file, "--key", key, "--maps", png, "--axes", axes);
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("1 tensor");
    return Files.readAllBytes(Path.of(png));
  }

  /** The sheets are the same but for the tensor's name, so the maps are compared. */
  @Test
  void bothOrdersOfAxesAreTheSameMaps() throws Exception {
    drawn("hwc", "hwc");
    drawn("chw", "chw");
    Raster a = ImageFile.read(folder.resolve("hwc.png"), 0).picture();
    Raster b = ImageFile.read(folder.resolve("chw.png"), 0).picture();
    assertThat(a.height()).isEqualTo(b.height());
    int shades = 0;
    for (int y = 40; y < a.height(); y++) {
      for (int x = 0; x < Math.min(a.width(), b.width()); x++) {
        assertThat(a.get(x, y, 0)).isEqualTo(b.get(x, y, 0));
        shades += a.get(x, y, 0) == 255 ? 1 : 0;
      }
    }
    assertThat(shades).isGreaterThanOrEqualTo(4 * 32 * 32); // four of eight elements
    drawn("chw", "hwc");
    Raster c = ImageFile.read(folder.resolve("chw.png"), 0).picture();
    boolean same = true;
    for (int i = 0; i < c.width() * (c.height() - 40); i++) {
      int x = i % c.width();
      int y = 40 + i / c.width();
      same &= b.get(x, y, 0) == c.get(x, y, 0);
    }
    assertThat(same).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chw||The sizes of \"chw\" of 2×2×2 do not say which axis counts channels: give --axes hwc or chw",
        "chw|cwh|Unknown order of axes \"cwh\"; did you mean \"chw\"?",
        "vector|hwc|--maps expects a tensor of two or three axes beside those of 1, but \"vector\" of 4 has 1",
        "nothing|hwc|Unknown place \"nothing\"; known: chw, hwc, three, vector",
      })
  void whatCannotBeDrawnIsSaid(String key, String axes, String sentence) {
    String png = folder.resolve("x.png").toString();
    String[] command = {"weights", file, "--key", key, "--maps", png};
    Cli cli =
        axes == null
            ? Cli.run(command)
            : Cli.run("weights", file, "--key", key, "--maps", png, "--axes", axes);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains(sentence);
    assertThat(Path.of(png)).doesNotExist();
  }

  @Test
  void optionsWithoutEffectAreRefused() {
    assertThat(Cli.run("weights", file, "--axes", "hwc").err())
        .contains("--axes has no effect without --maps: leave it out");
    assertThat(Cli.run("weights", file, file, "--maps", "x.png").err())
        .contains("--maps has no effect where two files are compared: leave it out");
    assertThat(Cli.run("weights", file, "--maps", folder.resolve("x.gif").toString()).err())
        .contains("--maps expects a name that ends with .png, but got");
    assertThat(Cli.run("weights", file, "--maps", folder.resolve("x.png").toString()).err())
        .contains("--maps shows one tensor, but the file has 4: choose one with --key");
  }
}
