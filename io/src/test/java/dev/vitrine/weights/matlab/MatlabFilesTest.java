package dev.vitrine.weights.matlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.TensorStatistics;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that MATLAB, Octave and SciPy wrote; the numbers are those that SciPy reads in them. */
class MatlabFilesTest {
  private static Weights read(String file) {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    return Weights.read(Path.of(data).resolve(file));
  }

  private static void seen(StoredTensor tensor, List<Long> dims, double min, double mean) {
    assertThat(tensor.dims()).isEqualTo(dims);
    TensorStatistics numbers = TensorStatistics.of(tensor);
    assertThat(numbers.min()).isEqualTo(min);
    assertThat(numbers.mean()).isCloseTo(mean, within(1e-12));
  }

  @Test
  void theCoursesLeNet() {
    Weights lenet = read("models/lenet_pretrained.mat");
    var tensors = lenet.tensors();
    assertThat(lenet.format()).isEqualTo("MATLAB 5");
    assertThat(tensors).hasSize(18);
    seen(tensors.get("params.0.w"), List.of(25L, 20L), -0.07913804130690488, 0.04695488218005696);
    seen(
        tensors.get("params.3.w"), List.of(500L, 50L), -0.08886694462876547, 0.0023709109147726742);
    seen(
        tensors.get("params.6.w"),
        List.of(800L, 500L),
        -0.07809839940907345,
        0.00016750711726146495);
    seen(tensors.get("params.8.b"), List.of(9L, 1L), -0.09074819835874973, -0.01007756874312356);
    assertThat(tensors.get("params.1.w").dims()).containsExactly(0L, 0L);
  }

  @Test
  void layersAsACellOfStructs() {
    Weights net = read("models/others/fman45_mnist_network_trained_with_momentum.mat");
    var tensors = net.tensors();
    seen(
        tensors.get("net.layers.1.params.weights"),
        List.of(5L, 5L, 1L, 16L),
        -0.273775466171133,
        0.009725114715295833);
    seen(
        tensors.get("net.layers.7.params.weights"),
        List.of(10L, 784L),
        -0.33061197594737685,
        2.868624324554614e-07);
    assertThat(tensors.get("net.layers.0.params.size").doubles()).containsExactly(28, 28, 1);
    assertThat(net.all())
        .contains(
            new Weights.Found("net.layers.1.type", new Stored.Note("convolution")),
            new Weights.Found("net.layers.8.type", new Stored.Note("softmaxloss")));
  }

  @Test
  void octavesText() {
    Weights theta = read("models/others/ex4weights.mat");
    assertThat(theta.format()).isEqualTo("Octave text");
    assertThat(theta.tensors().keySet()).containsExactly("Theta1", "Theta2");
    assertThat(theta.tensors().get("Theta1").dims()).containsExactly(25L, 401L);
    double[] first = theta.tensors().get("Theta1").doubles();
    assertThat(first[0]).isEqualTo(0.8787676111478923);
    assertThat(first[401]).isEqualTo(-0.6294470641910673);
    assertThat(theta.tensors().get("Theta2").dims()).containsExactly(10L, 26L);
    assertThat(theta.tensors().get("Theta2").doubles()[259]).isEqualTo(-1.288326743927793);
  }

  @Test
  void activationsAsSciPyWritesThem() {
    seen(
        read("alexnet/conv1.mat").tensors().get("conv1"),
        List.of(1L, 57L, 57L, 96L),
        0,
        14.060114046514235);
    float[] prob = read("alexnet/prob.mat").tensors().get("prob").floats();
    assertThat(prob).hasSize(1000);
    assertThat(prob[266]).isEqualTo(0.5044185f);
  }

  @Test
  void aPlainDataSet() {
    var tensors = read("lms/dataset.mat").tensors();
    seen(tensors.get("D"), List.of(100L, 1L), -3.1297663434681535, 0.990747933091121);
    seen(tensors.get("X"), List.of(100L, 3L), -3.2170488282870555, 0.37752227511362274);
  }
}
