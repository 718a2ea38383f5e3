package dev.vitrine.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks of the zoo have the numbers that their papers and other frameworks give them. */
class ZooFactsTest {
  static Summary of(String model) {
    NetworkSpec spec = Zoo.find(model);
    return Summary.of(spec.layers(), spec.input());
  }

  private static long[] parameters(String model) {
    return of(model).rows().stream()
        .mapToLong(Summary.Row::parameters)
        .filter(n -> n > 0)
        .toArray();
  }

  private static long[] macs(String model) {
    return of(model).rows().stream().mapToLong(Summary.Row::macs).filter(n -> n > 0).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "lenet, 431080",
    "lenet-course, 430579",
    "lenet5, 61706",
    "lenet5-cifar, 62006",
    "lenet5-relu-cifar, 62006",
    "mlp, 89610",
    "cnn32-64, 3199106",
    "cnn32-64-100-100, 376906",
    "linear, 7850",
    "perceptron, 401",
    "adaline, 17",
    "madaline, 9",
    "alexnet, 62378344",
    "alexnet-grouped, 60965224",
    "alexnet-torchvision, 61100840",
    "alexnet-toronto, 60965224",
    "vgg11, 132863336",
    "vgg11-lrn, 132863336",
    "vgg13, 133047848",
    "vgg16-c, 133638952",
    "vgg16, 138357544",
    "vgg19, 143667240",
    "googlenet, 6998552",
    "googlenet-aux, 13378280",
    "googlenet-torchvision, 6624904",
    "squeezenet, 1235496",
    "vgg11-bn, 132868840",
    "vgg13-bn, 133053736",
    "vgg16-bn, 138365992",
    "vgg19-bn, 143678248",
    "resnet18, 11689512",
    "resnet34, 21797672",
    "resnet50, 25557032",
    "resnet50-caffe, 25557096",
    "resnet50-keras, 25583592",
  })
  void parameters(String model, long parameters) {
    assertThat(of(model).parameters()).isEqualTo(parameters);
  }

  @Test
  void everyNameHasItsCount() {
    long pinned =
        Arrays.stream(ZooFactsTest.class.getDeclaredMethods())
            .filter(m -> m.isAnnotationPresent(CsvSource.class))
            .mapToLong(m -> m.getAnnotation(CsvSource.class).value().length)
            .max()
            .orElseThrow();
    assertThat(Zoo.names()).doesNotHaveDuplicates().hasSize((int) pinned);
  }

  @Test
  void thePapersNamesFindTheSameNetworks() {
    assertThat(Zoo.find("vgg-d")).isEqualTo(Zoo.find("vgg16"));
    assertThat(Zoo.find("vgg-a-lrn")).isEqualTo(Zoo.find("vgg11-lrn"));
  }

  @Test
  void alexNetLayerByLayer() {
    assertThat(parameters("alexnet"))
        .containsExactly(
            34_944, 614_656, 885_120, 1_327_488, 884_992, 37_752_832, 16_781_312, 4_097_000);
  }

  /** Channels and sizes of the stored activations of Toronto's script, and of the paper's. */
  @Test
  void theFirstConvolutionOfFourAlexNets() {
    assertThat(of("alexnet-toronto").rows())
        .filteredOn(row -> row.layer().startsWith("Conv2d") || row.name().startsWith("pool"))
        .extracting(row -> Table.sizes(row.output()))
        .containsExactly(
            "96×57×57",
            "96×28×28",
            "256×28×28",
            "256×13×13",
            "384×13×13",
            "384×13×13",
            "256×13×13",
            "256×6×6");
    assertThat(of("alexnet-grouped").rows().getFirst().output()).isEqualTo(Shape.of(96, 55, 55));
    NetworkSpec torchvision = Zoo.find("alexnet-torchvision", Shape.of(3, 227, 227), 1000);
    assertThat(Summary.of(torchvision.layers(), torchvision.input()).rows().getFirst().output())
        .isEqualTo(Shape.of(64, 56, 56));
  }

  @Test
  void leNet5LayerByLayer() {
    assertThat(parameters("lenet5")).containsExactly(156, 2_416, 48_120, 10_164, 850);
    assertThat(of("lenet5").macs()).isEqualTo(416_520);
    assertThat(macs("lenet5-cifar")).containsExactly(352_800, 240_000, 48_000, 10_080, 840);
    assertThat(of("lenet5-cifar").rows())
        .filteredOn(row -> row.weights() > 0)
        .extracting(Summary.Row::weights)
        .containsExactly(450L, 2_400L, 48_000L, 10_080L, 840L);
  }

  @Test
  void aDigitThatSomeTablesSlip() {
    assertThat(of("vgg16").rows())
        .filteredOn(row -> row.name().equals("conv2_2"))
        .extracting(Summary.Row::weights)
        .containsExactly(147_456L);
  }

  /** Published multiply–accumulates: torchvision's model pages, in GFLOPS of one MAC each. */
  @ParameterizedTest
  @CsvSource({
    "vgg11, 7.61",
    "vgg13, 11.31",
    "vgg16, 15.47",
    "vgg19, 19.63",
    "googlenet-torchvision, 1.50",
    "squeezenet, 0.35",
    "resnet18, 1.81",
    "resnet34, 3.66",
    "resnet50, 4.09"
  })
  void macsAsTorchvisionStatesThem(String model, double billions) {
    assertThat(Math.round(of(model).macs() / 1e7)).isEqualTo(Math.round(billions * 100));
  }

  /** The output sizes of Table 1 of the paper. */
  @Test
  void googLeNetsSizes() {
    assertThat(of("googlenet").rows())
        .filteredOn(row -> row.layer().startsWith("Concat") || row.name().startsWith("pool"))
        .extracting(row -> Table.sizes(row.output()))
        .containsExactly(
            "64×56×56",
            "192×28×28",
            "256×28×28",
            "480×28×28",
            "480×14×14",
            "512×14×14",
            "512×14×14",
            "512×14×14",
            "528×14×14",
            "832×14×14",
            "832×7×7",
            "832×7×7",
            "1024×7×7",
            "1024×1×1");
  }
}
