package dev.vitrine.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zoo's counts worked out again, from the papers' tables and not from the layers. */
class DerivedCountsTest {
  private static long parameters(String model) {
    return ZooFactsTest.of(model).parameters();
  }

  private static long[] layers(String model) {
    return ZooFactsTest.of(model).rows().stream()
        .mapToLong(Summary.Row::parameters)
        .filter(n -> n > 0)
        .toArray();
  }

  private static long dense(long in, long out) {
    return in * out + out;
  }

  private static long conv(long in, long out, long kernel) {
    return kernel * kernel * in * out + out;
  }

  /** Without a bias, but with a scale and a shift for each channel. */
  private static long normalised(long in, long out, long kernel) {
    return kernel * kernel * in * out + 2 * out;
  }

  @Test
  void smallNetworks() {
    assertThat(layers("mlp")).containsExactly(dense(784, 100), dense(100, 100), dense(100, 10));
    assertThat(layers("linear")).containsExactly(dense(784, 10));
    assertThat(layers("perceptron")).containsExactly(dense(20 * 20, 1));
    assertThat(layers("adaline")).containsExactly(dense(4 * 4, 1));
    assertThat(layers("madaline")).containsExactly(dense(2, 2), dense(2, 1));
    assertThat(layers("cnn32-64"))
        .containsExactly(conv(1, 32, 5), conv(32, 64, 5), dense(7 * 7 * 64, 1000), dense(1000, 10));
    assertThat(layers("lenet"))
        .containsExactly(conv(1, 20, 5), conv(20, 50, 5), dense(4 * 4 * 50, 500), dense(500, 10));
  }

  /** A course's MATLAB version keeps nine softmax rows: the tenth logit is 0. */
  @Test
  void leNetWithNineOutputs() {
    NetworkSpec spec = Zoo.find("lenet", Shape.of(1, 28, 28), 9);
    assertThat(Summary.of(spec.layers(), spec.input()).parameters()).isEqualTo(430_579);
    assertThat(layers("lenet-course"))
        .containsExactly(conv(1, 20, 5), conv(20, 50, 5), dense(4 * 4 * 50, 500), dense(500, 9));
  }

  /** Groups of two halve the weights of conv2, conv4 and conv5. */
  @Test
  void alexNetInTwoGroups() {
    assertThat(layers("alexnet-grouped"))
        .containsExactly(
            conv(3, 96, 11),
            conv(48, 256, 5),
            conv(256, 384, 3),
            conv(192, 384, 3),
            conv(192, 256, 3),
            dense(6 * 6 * 256, 4096),
            dense(4096, 4096),
            dense(4096, 1000));
  }

  @Test
  void alexNetOfTorchvision() {
    assertThat(layers("alexnet-torchvision"))
        .containsExactly(
            conv(3, 64, 11),
            conv(64, 192, 5),
            conv(192, 384, 3),
            conv(384, 256, 3),
            conv(256, 256, 3),
            dense(6 * 6 * 256, 4096),
            dense(4096, 4096),
            dense(4096, 1000));
    assertThat(ZooFactsTest.of("alexnet-torchvision").rows().getFirst().output())
        .isEqualTo(Shape.of(64, 55, 55));
  }

  /** Batch normalisation adds two numbers for each channel of each convolution. */
  @ParameterizedTest
  @CsvSource({
    "vgg11, 64 128 256 256 512 512 512 512",
    "vgg13, 64 64 128 128 256 256 512 512 512 512",
    "vgg16, 64 64 128 128 256 256 256 512 512 512 512 512 512",
    "vgg19, 64 64 128 128 256 256 256 256 512 512 512 512 512 512 512 512"
  })
  void vgg(String model, String channels) {
    long convolutions = 0;
    long sum = 0;
    long in = 3;
    for (String word : channels.split(" ", -1)) {
      long out = Long.parseLong(word);
      convolutions += conv(in, out, 3);
      sum += out;
      in = out;
    }
    long dense = dense(7 * 7 * 512, 4096) + dense(4096, 4096) + dense(4096, 1000);
    assertThat(parameters(model)).isEqualTo(convolutions + dense);
    assertThat(parameters(model + "-bn")).isEqualTo(convolutions + dense + 2 * sum);
  }

  /** He et al. (2015), Table 1: so many blocks of 64, 128, 256 and 512 channels. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, false, 2 2 2 2, 0, 11689512",
    "resnet34, false, 3 4 6 3, 0, 21797672",
    "resnet50, true, 3 4 6 3, 0, 25557032",
    "resnet50-caffe, true, 3 4 6 3, 64, 25557096",
    "resnet50-keras, true, 3 4 6 3, 26560, 25583592" // 25,636,712 with the running averages
  })
  void resNet(String model, boolean bottleneck, String blocks, long biases, long published) {
    long count = normalised(3, 64, 7) + biases;
    long in = 64;
    long width = 64;
    for (String word : blocks.split(" ", -1)) {
      long out = bottleneck ? 4 * width : width;
      for (int block = Integer.parseInt(word); block > 0; block--) {
        count +=
            bottleneck
                ? normalised(in, width, 1) + normalised(width, width, 3) + normalised(width, out, 1)
                : normalised(in, width, 3) + normalised(width, width, 3);
        count += in == out ? 0 : normalised(in, out, 1);
        in = out;
      }
      width *= 2;
    }
    assertThat(parameters(model)).isEqualTo(count + dense(in, 1000)).isEqualTo(published);
  }

  @Test
  void squeezeNet() {
    int[][] squeezeAndExpand = {
      {16, 64}, {16, 64}, {32, 128}, {32, 128}, {48, 192}, {48, 192}, {64, 256}, {64, 256}
    };
    long count = conv(3, 64, 3);
    long in = 64;
    for (int[] fire : squeezeAndExpand) {
      count += conv(in, fire[0], 1) + conv(fire[0], fire[1], 1) + conv(fire[0], fire[1], 3);
      in = 2L * fire[1];
    }
    assertThat(parameters("squeezenet")).isEqualTo(count + conv(in, 1000, 1)).isEqualTo(1_235_496);
  }

  /** Rows of Table 1 (Szegedy et al., 2014): in, 1×1, 3×3 reduced, 3×3, 5×5 reduced, 5×5, pool. */
  private static final Map<String, List<Integer>> INCEPTIONS = new LinkedHashMap<>();

  static {
    INCEPTIONS.put("inception3a", List.of(192, 64, 96, 128, 16, 32, 32));
    INCEPTIONS.put("inception3b", List.of(256, 128, 128, 192, 32, 96, 64));
    INCEPTIONS.put("inception4a", List.of(480, 192, 96, 208, 16, 48, 64));
    INCEPTIONS.put("inception4b", List.of(512, 160, 112, 224, 24, 64, 64));
    INCEPTIONS.put("inception4c", List.of(512, 128, 128, 256, 24, 64, 64));
    INCEPTIONS.put("inception4d", List.of(512, 112, 144, 288, 32, 64, 64));
    INCEPTIONS.put("inception4e", List.of(528, 256, 160, 320, 32, 128, 128));
    INCEPTIONS.put("inception5a", List.of(832, 256, 160, 320, 32, 128, 128));
    INCEPTIONS.put("inception5b", List.of(832, 384, 192, 384, 48, 128, 128));
  }

  private static long inception(List<Integer> c) {
    return conv(c.get(0), c.get(1), 1)
        + conv(c.get(0), c.get(2), 1)
        + conv(c.get(2), c.get(3), 3)
        + conv(c.get(0), c.get(4), 1)
        + conv(c.get(4), c.get(5), 5)
        + conv(c.get(0), c.get(6), 1);
  }

  @Test
  void googLeNetModuleByModule() {
    Map<String, Long> got = new LinkedHashMap<>();
    ZooFactsTest.of("googlenet")
        .rows()
        .forEach(row -> got.merge(row.name().split("\\.", -1)[0], row.parameters(), Long::sum));
    INCEPTIONS.forEach((name, c) -> assertThat(got.get(name)).as(name).isEqualTo(inception(c)));
    long stem = conv(3, 64, 7) + conv(64, 64, 1) + conv(64, 192, 3);
    long modules = INCEPTIONS.values().stream().mapToLong(DerivedCountsTest::inception).sum();
    assertThat(stem + modules + dense(1024, 1000)).isEqualTo(6_998_552);
    long heads = conv(512, 128, 1) + conv(528, 128, 1) + 2 * dense(4 * 4 * 128, 1024);
    assertThat(parameters("googlenet-aux") - parameters("googlenet"))
        .isEqualTo(heads + 2 * dense(1024, 1000))
        .isEqualTo(13_378_280 - 6_998_552);
  }

  /** torchvision publishes 6,624,904 parameters, and 13,004,888 where its heads are built, too. */
  @Test
  void torchvisionsGoogLeNet() {
    long count = normalised(3, 64, 7) + normalised(64, 64, 1) + normalised(64, 192, 3);
    for (List<Integer> c : INCEPTIONS.values()) {
      count +=
          normalised(c.get(0), c.get(1), 1)
              + normalised(c.get(0), c.get(2), 1)
              + normalised(c.get(2), c.get(3), 3)
              + normalised(c.get(0), c.get(4), 1)
              + normalised(c.get(4), c.get(5), 3)
              + normalised(c.get(0), c.get(6), 1);
    }
    count += dense(1024, 1000);
    assertThat(parameters("googlenet-torchvision")).isEqualTo(count).isEqualTo(6_624_904);
    long heads = normalised(512, 128, 1) + normalised(528, 128, 1);
    heads += 2 * (dense(4 * 4 * 128, 1024) + dense(1024, 1000));
    assertThat(count + heads).isEqualTo(13_004_888);
  }

  /**
   * The paper's own column of parameters comes to 6,797.7 K. Counted in units of 1,024, the rows of
   * its modules are within 8 % of what their channels give; the first, 2.7 K, is not.
   */
  @Test
  void googLeNetsTable() {
    double[] modules = {159, 380, 364, 437, 463, 580, 840, 1072, 1388};
    double sum = 2.7 + 112 + 1000;
    int i = 0;
    for (List<Integer> c : INCEPTIONS.values()) {
      assertThat(inception(c) / 1024.0).isCloseTo(modules[i], within(0.08 * modules[i]));
      sum += modules[i++];
    }
    assertThat(sum).isCloseTo(6_797.7, within(1e-9));
    assertThat((conv(64, 64, 1) + conv(64, 192, 3)) / 1024).isEqualTo(112);
    assertThat(conv(3, 64, 7)).isEqualTo(9_472);
  }

  /**
   * Torchvision states 0.71 and 1.5 GFLOPS, of one MAC each. Its GoogLeNet has 3×3 kernels where
   * the paper has 5×5, which are 9 / 25 of the work.
   */
  @Test
  void macsAsTorchvisionStatesThem() {
    assertThat(ZooFactsTest.of("alexnet-torchvision").macs()).isEqualTo(714_188_480);
    Summary googlenet = ZooFactsTest.of("googlenet");
    long large =
        googlenet.rows().stream()
            .filter(row -> row.name().endsWith("5x5.conv2"))
            .mapToLong(Summary.Row::macs)
            .sum();
    assertThat(googlenet.macs()).isEqualTo(1_582_671_872);
    assertThat(Math.round((googlenet.macs() - large * 16 / 25) / 1e7)).isEqualTo(150);
  }
}
