package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.MnistFolder;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images brought to another size: in training, evaluation and for a picture alike. */
class ResizeTest {
  private RefusalBox box;

  @BeforeEach
  void fill(@TempDir Path folder) throws IOException {
    box = RefusalBox.in(folder);
  }

  @Test
  void allCommandsResizeAlike() throws IOException {
    Path run = box.path("run");
    Cli training =
        Cli.done(
            "train --model lenet5 --data %s --resize 30x31 --steps 12 --batch 8 --out %s",
            box.data(), run);
    assertThat(training.complaints()).contains("images are resized to 30 × 31");
    assertThat(Json.read(run.resolve("config.json")).object("data").object("use").object("resize"))
        .hasToString("{\"height\": 30, \"width\": 31}");
    Path evaluation = box.path("evaluation.json");
    Cli.done("evaluate %s --json %s", run, evaluation);
    double trained = Json.read(run.resolve("result.json")).object("test").number("loss");
    assertThat(Json.read(evaluation).number("loss")).isEqualTo(trained);
    Cli.done("train --resume %s", run);
    Path picture = box.path("three.png");
    Png.write(picture, MnistFolder.of(box.data()).loadTest().picture(3));
    assertThat(guesses("classify " + run + " " + picture))
        .isEqualTo(guesses("classify " + run + " --example 3"));
    assertThat(Cli.done("readout %s --example 3 --layer conv1", run).out()).contains("conv1");
    bareCheckpointsKnowIt(run, trained);
  }

  /** Away from its folder a checkpoint still says to which size images are brought. */
  private void bareCheckpointsKnowIt(Path run, double trained) throws IOException {
    Path bare = box.path("bare.safetensors");
    Files.copy(run.resolve("checkpoints/last.safetensors"), bare);
    Path json = box.path("bare.json");
    Cli.done("evaluate %s --data %s --json %s", bare, box.data(), json);
    assertThat(Json.read(json).number("loss")).isEqualTo(trained);
    assertThat(Json.read(json).fields()).containsEntry("preprocess_known", true);
    assertThat(guesses("classify " + bare + " --example 3 --data " + box.data()))
        .isEqualTo(guesses("classify " + run + " --example 3"));
    Cli.done("readout %s --example 3 --data %s --layer conv1", bare, box.data());
    for (Path known : new Path[] {run, bare}) {
      Cli said = Cli.run("evaluate", known.toString(), "--resize", "20");
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.complaints())
          .containsExactly(
              "vitrine: " + known + " says what size its images had: leave the resizing out");
    }
  }

  private Object guesses(String words) {
    Path json = box.path("classified.json");
    Cli.done("%s --json %s", words, json);
    JsonObject answer = (JsonObject) Json.read(json).list("images").getFirst();
    return answer.list("top").stream().map(guess -> ((JsonObject) guess).fields()).toList();
  }

  @Test
  void whatIsNoSizeIsRefused() {
    assertThat(box.refusedTraining("--resize 3.5"))
        .isEqualTo(
            "vitrine: --resize expects a side in pixels such as 96, or HEIGHTxWIDTH such as 32x64,"
                + " but got 3.5");
    assertThat(box.refusedTraining("--resize 3x70000"))
        .isEqualTo(
            "vitrine: Images are resized to sides of 1 to 65,535 and at most 64 million pixels, but"
                + " got 3 × 70,000 (height × width)");
    assertThat(box.refusedTraining("--resize 9"))
        .contains("The network expects images of shape (1, 8, 8), but those of data set");
  }
}
