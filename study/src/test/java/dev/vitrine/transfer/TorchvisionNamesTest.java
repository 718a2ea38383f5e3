package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Layout;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names and shapes that torchvision publishes, written down from its sources' structure. */
class TorchvisionNamesTest {
  private static Map<String, String> named(String network) {
    NetworkSpec spec = Zoo.find(network);
    Layout layout = Model.layout(spec.layers(), spec.input());
    List<String> parameters = layout.entries().stream().map(Layout.Entry::name).toList();
    Naming naming = TorchvisionNames.of(network, spec.layers(), parameters);
    var named = new LinkedHashMap<String, String>();
    layout
        .entries()
        .forEach(entry -> named.put(naming.name().apply(entry.name()), entry.shape().toString()));
    assertThat(named).hasSize(parameters.size());
    return named;
  }

  @ParameterizedTest
  @CsvSource({"resnet18, 2 2 2 2, 2", "resnet34, 3 4 6 3, 2", "resnet50, 3 4 6 3, 3"})
  void residualNetworks(String network, String blocks, int convolutions) {
    List<String> expected = new ArrayList<>(List.of("conv1.weight"));
    normalisation(expected, "bn1");
    String[] counts = blocks.split(" ");
    for (int stage = 1; stage <= 4; stage++) {
      for (int block = 0; block < Integer.parseInt(counts[stage - 1]); block++) {
        String at = "layer%s.%s.".formatted(stage, block);
        for (int i = 1; i <= convolutions; i++) {
          expected.add(at + "conv" + i + ".weight");
          normalisation(expected, at + "bn" + i);
        }
        if (block == 0 && (stage > 1 || convolutions == 3)) {
          expected.add(at + "downsample.0.weight");
          normalisation(expected, at + "downsample.1");
        }
      }
    }
    expected.addAll(List.of("fc.weight", "fc.bias"));
    assertThat(named(network).keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void normalisation(List<String> names, String at) {
    for (String role : List.of("weight", "bias", "running_mean", "running_var")) {
      names.add(at + "." + role);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vgg11, 0 3 6 8 11 13 16 18, false",
    "vgg13, 0 2 5 7 10 12 15 17 20 22, false",
    "vgg16, 0 2 5 7 10 12 14 17 19 21 24 26 28, false",
    "vgg19, 0 2 5 7 10 12 14 16 19 21 23 25 28 30 32 34, false",
    "vgg11-bn, 0 4 8 11 15 18 22 25, true",
    "vgg16-bn, 0 3 7 10 14 17 20 24 27 30 34 37 40, true"
  })
  void vgg(String network, String convolutions, boolean normalised) {
    List<String> expected = new ArrayList<>();
    for (String at : convolutions.split(" ")) {
      expected.addAll(List.of("features." + at + ".weight", "features." + at + ".bias"));
      if (normalised) {
        normalisation(expected, "features." + (Integer.parseInt(at) + 1));
      }
    }
    for (int at : List.of(0, 3, 6)) {
      expected.addAll(List.of("classifier." + at + ".weight", "classifier." + at + ".bias"));
    }
    assertThat(named(network).keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  /**
   * As {@code googlenet.py} names them: {@code BasicConv2d} has a {@code conv} and a {@code bn}.
   */
  @Test
  void googLeNet() {
    List<String> expected = new ArrayList<>(List.of("fc.weight", "fc.bias"));
    List<String> basic = new ArrayList<>(List.of("conv1", "conv2", "conv3"));
    for (String module : List.of("3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b")) {
      for (String branch : List.of("1", "2.0", "2.1", "3.0", "3.1", "4.1")) {
        basic.add("inception%s.branch%s".formatted(module, branch));
      }
    }
    for (String at : basic) {
      expected.add(at + ".conv.weight");
      normalisation(expected, at + ".bn");
    }
    Map<String, String> named = named("googlenet-torchvision");
    assertThat(named.keySet()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(named)
        .containsEntry("conv1.conv.weight", "(64, 3, 7, 7)")
        .containsEntry("inception3a.branch1.conv.weight", "(64, 192, 1, 1)")
        .containsEntry("inception3a.branch2.1.conv.weight", "(128, 96, 3, 3)")
        .containsEntry("inception3a.branch3.0.conv.weight", "(16, 192, 1, 1)")
        .containsEntry("inception3a.branch3.1.conv.weight", "(32, 16, 3, 3)")
        .containsEntry("inception3a.branch4.1.bn.running_var", "(32)")
        .containsEntry("fc.weight", "(1000, 1024)");
  }

  @Test
  void alexNetAndSqueezeNet() {
    Map<String, String> alexnet = named("alexnet-torchvision");
    assertThat(alexnet)
        .containsEntry("features.0.weight", "(64, 3, 11, 11)")
        .containsEntry("features.3.weight", "(192, 64, 5, 5)")
        .containsEntry("features.6.weight", "(384, 192, 3, 3)")
        .containsEntry("features.8.weight", "(256, 384, 3, 3)")
        .containsEntry("features.10.bias", "(256)")
        .containsEntry("classifier.1.weight", "(4096, 9216)")
        .containsEntry("classifier.4.weight", "(4096, 4096)")
        .containsEntry("classifier.6.weight", "(1000, 4096)")
        .hasSize(16);
    Map<String, String> squeezenet = named("squeezenet");
    assertThat(squeezenet)
        .containsEntry("features.0.weight", "(64, 3, 3, 3)")
        .containsEntry("features.3.squeeze.weight", "(16, 64, 1, 1)")
        .containsEntry("features.4.expand1x1.weight", "(64, 16, 1, 1)")
        .containsEntry("features.7.expand3x3.bias", "(128)")
        .containsEntry("features.12.expand3x3.weight", "(256, 64, 3, 3)")
        .containsEntry("classifier.1.weight", "(1000, 512, 1, 1)")
        .hasSize(52);
  }
}
