package dev.vitrine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files that others published, in the data folder. */
class PublishedWeightsTest {
  private static Path file(String name) {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Path file = Path.of(data, "models").resolve(name);
    assumeTrue(Files.exists(file), "there is no " + file);
    return file;
  }

  private static void assertBegins(StoredTensor tensor, double... numbers) {
    assertThat(Arrays.copyOf(tensor.doubles(), numbers.length))
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(numbers);
  }

  @Test
  void aZipOfPyTorchIsRead() {
    Weights read = Weights.read(file("burn_mnist.pt"));
    assertThat(read.format()).isEqualTo("PyTorch");
    Map<String, StoredTensor> tensors = read.tensors();
    assertThat(tensors).hasSize(20);
    assertThat(tensors.get("fc1.weight").dims()).containsExactly(32L, 11616L);
    assertBegins(tensors.get("conv1.weight"), .162276879, -.236593708, -.182715267);
    assertBegins(tensors.get("norm2.running_var"), 86.5900879, 47.1004525, 90.1556396);
    assertThat(tensors.get("norm1.num_batches_tracked").longs()).containsExactly(3752);
    assertThat(tensors.get("norm1.num_batches_tracked").dims()).isEmpty();
  }

  @Test
  void theOldestStreamsAreRead() {
    Weights read = Weights.read(file("others/convex_mnist.pth"));
    assertThat(read.format()).isEqualTo("PyTorch stream");
    assertThat(read.tensors().keySet())
        .containsExactly(
            "0.weight", "0.bias", "2.weight", "2.bias", "5.weight", "5.bias", "7.weight", "7.bias");
    assertThat(read.tensors().get("0.weight").dims()).containsExactly(16L, 1L, 4L, 4L);
    assertThat(read.tensors().get("5.weight").dims()).containsExactly(100L, 1568L);
    assertBegins(read.tensors().get("0.weight"), .000766213, -.000078179, .000507769);
    assertBegins(read.tensors().get("7.bias"), .084587522, .163181514, -.208805040);
  }

  @Test
  void aListOfStateDictionariesIsRead() {
    Weights read = Weights.read(file("others/oval21_cifar_base_kw.pth"));
    assertThat(read.tensors()).hasSize(8);
    assertThat(read.tensors().firstEntry().getKey()).isEqualTo("state_dict.0.0.weight");
    assertThat(read.tensors().firstEntry().getValue().dims()).containsExactly(8L, 3L, 4L, 4L);
    assertBegins(read.tensors().lastEntry().getValue(), -.184484571, .012570161, -.154019713);
  }

  @Test
  void aCheckpointKeepsItsRemarks() {
    Weights read = Weights.read(file("others/resnet20-12fca82f.th"));
    assertThat(read.tensors()).hasSize(97);
    assertThat(read.tensors().keySet())
        .allMatch(name -> name.startsWith("state_dict.module."), "begins with module.");
    assertBegins(
        read.tensors().get("state_dict.module.linear.bias"), .193559066, -.343100876, .111205414);
    assertThat(read.all())
        .contains(new Weights.Found("best_prec1", new Stored.Note("91.78000183105469")));
  }

  @Test
  void stridesAreObeyed() {
    StoredTensor first = Weights.read(file("others/mtcnn_pnet.pt")).tensors().get("conv1.weight");
    assertThat(first.dims()).containsExactly(10L, 3L, 3L, 3L);
    assertBegins(
        first, -.081647, .835916, 1.246497, -.015041, .237985, -1.345264, .124574, -.410818,
        -.580772);
  }

  @Test
  void arraysOfAnArchiveAreRead() {
    Weights read = Weights.read(file("others/lasagne_model_cnn.npz"));
    assertThat(read.format()).isEqualTo("NumPy .npz");
    assertThat(read.tensors().keySet())
        .containsExactly("arr_2", "arr_6", "arr_0", "arr_7", "arr_4", "arr_3", "arr_1", "arr_5");
    assertThat(read.tensors().values()).allMatch(tensor -> tensor.dtype() == DType.F64);
    assertThat(read.tensors().get("arr_0").dims()).isEqualTo(List.of(32L, 1L, 5L, 5L));
    assertBegins(read.tensors().get("arr_0"), .011835704, -.028280874);
  }
}
