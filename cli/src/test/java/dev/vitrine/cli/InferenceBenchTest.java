package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.random.Seed;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceBenchTest {
  @TempDir Path folder;

  @Test
  void answersOfAnOnnxFileAreMeasured() throws IOException {
    NetworkSpec spec = Zoo.named("lenet");
    Path file = folder.resolve("net.onnx");
    OnnxFile.write(
        Model.of(spec.layers(), spec.input(), Initializer.kaimingUniform(), Seed.of(1)), file);
    Path json = folder.resolve("bench.json");
    Cli cli = Cli.done("bench --inference %s --batch 1,16 --seconds 0.01 --json %s", file, json);
    assertThat(cli.out())
        .contains("p99 ms")
        .containsPattern("(?m)^ +1 .*%.*%")
        .containsPattern("(?m)^ +16 ");
    // Twice 2,293,000 multiply-accumulates: Caffe's LeNet.
    assertThat(Files.readString(json)).contains("\"mflopPerImage\"", "4.586", "\"p50\"", "\"p99\"");
  }

  @Test
  void aProfileNamesTheStepsTheKernelsAndTheCeiling() throws IOException {
    Path json = folder.resolve("profile.json");
    Cli cli = Cli.done("bench --inference lenet --profile --seconds 0.01 --json %s", json);
    assertThat(cli.out())
        .contains("lenet, batch 1: ", "conv2", "outside the plan")
        .containsPattern("kernels +\\S+")
        .containsPattern("ceiling +[0-9,]+ GFLOP/s on one thread")
        .containsPattern("GFLOP/s, [0-9.]+% of the ceiling");
    assertThat(Files.readString(json))
        .contains("\"kernels\"", "\"ceiling\"", "\"oneThread\"", "\"shareOfCeiling\"");
  }

  @Test
  void aProfileIsOfThePlanOfItsBatch() {
    assertThat(Cli.done("bench --inference lenet --profile --batch 17 --seconds 0.01").out())
        .contains("lenet, batch 17: ")
        .doesNotContain("To lanes");
    assertThat(Cli.done("bench --inference lenet --profile --batch 300 --seconds 0.01").out())
        .contains("lenet, batch 300, 256 at a time: ");
  }

  @Test
  void aTrainingsProfileNamesTheKernelsAndTheCeiling() throws IOException {
    Path json = folder.resolve("training.json");
    Cli cli = Cli.done("bench --profile W1 --batch 16 --seconds 0.01 --json %s", json);
    assertThat(cli.out())
        .containsPattern("kernels +\\S+")
        .containsPattern("ceiling +[0-9,]+ GFLOP/s on one thread")
        .containsPattern("GFLOP/s, [0-9.]+% of the ceiling");
    assertThat(Files.readString(json))
        .contains("\"kernels\"", "\"ceiling\"", "\"shareOfCeiling\"", "\"workload\"");
  }

  @Test
  void whatHasNoPlaceIsRefused() {
    refused("bench --inference lenet --profile W3", "takes no name");
    refused("bench --inference lenet --workloads W3", "--workloads has no effect");
    refused("bench --inference lenet --threads 1", "--threads has no effect");
    refused("bench --inference lenet --batch 0", "--batch");
    refused("bench --inference lenett", "lenett");
    refused("bench --profile", "expects a workload");
  }

  private static void refused(String words, String why) {
    Cli cli = Cli.run(words);
    assertThat(cli.code()).as(words).isEqualTo(2);
    assertThat(cli.err()).contains(why);
  }
}
