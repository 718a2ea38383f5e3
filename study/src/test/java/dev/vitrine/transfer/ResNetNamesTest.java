package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * ResNet-50's tensors as Caffe and Keras name and order them, written down from their sources'
 * structure; all their numbers are one and the same four bytes.
 */
class ResNetNamesTest {
  private static final int[] BLOCKS = {3, 4, 6, 3};

  private final Map<String, Stored> members = new LinkedHashMap<>();

  /** What is done for each convolution and its normalisation. */
  private interface Convolution {
    void put(int stage, int block, int branch, int in, int out, int kernel);
  }

  private static void convolutions(Convolution each) {
    int in = 64;
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      int width = 64 << stage;
      for (int block = 0; block < BLOCKS[stage]; block++) {
        if (block == 0) {
          each.put(stage + 2, block, 0, in, 4 * width, 1);
        }
        each.put(stage + 2, block, 1, in, width, 1);
        each.put(stage + 2, block, 2, width, width, 3);
        each.put(stage + 2, block, 3, width, 4 * width, 1);
        in = 4 * width;
      }
    }
  }

  private void put(String name, int... sizes) {
    members.put(name, RecognitionTest.tensor(sizes));
  }

  private Weights file() {
    return new Weights(Path.of("made"), "made", Stored.Group.of(members));
  }

  /** {@code 2a_branch2b}. */
  private static String caffes(int stage, int block, int branch) {
    return stage
        + "abcdef".substring(block, block + 1)
        + "_branch"
        + (branch == 0 ? "1" : "2" + "abc".substring(branch - 1, branch));
  }

  private void caffe() {
    put("conv1.0", 64, 3, 7, 7);
    put("conv1.1", 64);
    caffesNorm("_conv1", 64);
    convolutions((stage, block, branch, in, out, kernel) -> {
      String at = caffes(stage, block, branch);
      put("res" + at + ".0", out, in, kernel, kernel);
      caffesNorm(at, out);
    });
    put("fc1000.0", 1000, 2048);
    put("fc1000.1", 1000);
  }

  private void caffesNorm(String at, int channels) {
    put("bn" + at + ".0", channels);
    put("bn" + at + ".1", channels);
    put("bn" + at + ".2", 1);
    put("scale" + at + ".0", channels);
    put("scale" + at + ".1", channels);
  }

  private Recognition only(String network) {
    List<Recognition> found = Recognition.of(file(), Optional.empty());
    assertThat(found).extracting(it -> it.network().name()).containsExactly(network);
    assertThat(found.getFirst().transfer().leftOver()).isEmpty();
    assertThat(found.getFirst().transfer().missing()).isEmpty();
    assertThat(found.getFirst().transfer().remarks()).isEmpty();
    return found.getFirst();
  }

  @Test
  void caffesNamesFit() {
    caffe();
    Transfer transfer = only("resnet50-caffe").transfer();
    assertThat(transfer.how()).isEqualTo("Caffe's names");
    assertThat(transfer.renamed())
        .containsEntry("conv1.bias", "conv1.1")
        .containsEntry("batchnorm1.weight", "scale_conv1.0")
        .containsEntry("stage1_1.shortcut.conv1.weight", "res2a_branch1.0")
        .containsEntry("stage2_1.shortcut.batchnorm1.running_mean", "bn3a_branch1.0")
        .containsEntry("stage3_6.body.conv3.weight", "res4f_branch2c.0")
        .containsEntry("stage4_2.body.batchnorm2.bias", "scale5b_branch2b.1")
        .containsEntry("linear1.weight", "fc1000.0");
    assertThat(transfer.moves())
        .filteredOn(move -> move.to().equals("stage4_2.body.batchnorm2.running_var"))
        .singleElement()
        .satisfies(move ->
            assertThat(move.steps().toString()).isEqualTo("[over the factor in bn5b_branch2b.2]"));
  }

  private void keras(boolean older, String ends, String last) {
    kerasPair(older ? "conv1" : "conv1_conv", older ? "bn_conv1" : "conv1_bn", ends, 3, 64, 7);
    convolutions((stage, block, branch, in, out, kernel) -> {
      String at = "conv%s_block%s_%s_".formatted(stage, block + 1, branch);
      String olders = caffes(stage, block, branch);
      kerasPair(
          older ? "res" + olders : at + "conv",
          older ? "bn" + olders : at + "bn",
          ends,
          in,
          out,
          kernel);
    });
    put(last + end(ends, 0, last), 2048, 1000);
    put(last + end(ends, 1, last), 1000);
  }

  private void kerasPair(String conv, String norm, String ends, int in, int out, int kernel) {
    put(conv + end(ends, 0, conv), kernel, kernel, in, out);
    put(conv + end(ends, 1, conv), out);
    for (int i = 2; i < 6; i++) {
      put(norm + end(ends, i, norm), out);
    }
  }

  /** HDF5 has a layer's tensors in a group of its name in a group of its name. */
  private static String end(String ends, int which, String layer) {
    return ends.split(" ")[which].replace("#", layer);
  }

  @ParameterizedTest
  @CsvSource({
    "false, /kernel:0 /bias:0 /gamma:0 /beta:0 /moving_mean:0 /moving_variance:0, predictions",
    "false, .kernel .bias .gamma .beta .moving_mean .moving_variance, probs",
    "true, _W _b _gamma _beta _running_mean _running_var, fc1000",
    "true, /#/kernel:0 /#/bias:0 /#/gamma:0 /#/beta:0 /#/moving_mean:0 /#/moving_variance:0, fc1000"
  })
  void kerasNamesFit(boolean older, String ends, String last) {
    keras(older, ends, last);
    Transfer transfer = only("resnet50-keras").transfer();
    assertThat(transfer.how()).isEqualTo(older ? "Keras' older names" : "Keras' names");
    String shortcut = older ? "bn5a_branch1" : "conv5_block1_0_bn";
    String third = older ? "res3d_branch2c" : "conv3_block4_3_conv";
    assertThat(transfer.renamed().get("stage4_1.shortcut.batchnorm1.bias")).startsWith(shortcut);
    assertThat(transfer.renamed().get("stage2_4.body.conv3.bias")).startsWith(third);
    assertThat(transfer.renamed().get("linear1.weight")).startsWith(last);
    assertThat(transfer.moves())
        .filteredOn(move -> move.to().equals("stage2_4.body.conv3.weight"))
        .singleElement()
        .satisfies(move -> assertThat(move.changes()).containsExactly(Change.FROM_HWIO));
  }

  /** Its bottlenecks halve images in another convolution: the numbers would fit, and be wrong. */
  @Test
  void torchvisionsNetworkIsAnother() {
    caffe();
    assertThatThrownBy(
            () -> Transfer.of(file(), Zoo.find("resnet50"), Optional.empty(), Conventions.NONE))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("made: ")
        .hasMessageEndingWith(": it fits resnet50-caffe");
  }
}
