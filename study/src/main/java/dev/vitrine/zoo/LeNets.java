package dev.vitrine.zoo;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.ZeroPad1d;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Small convolutional networks for small pictures. */
final class LeNets {
  private static final Layer RELU = Activation.relu();
  private static final Layer TANH = Activation.tanh();

  private LeNets() {}

  static List<Blueprint> all() {
    Shape digit = Shape.of(1, 28, 28);
    return List.of(
        new Blueprint("lenet", "LeNet", digit, 10, LeNets::lenet),
        new Blueprint("lenet-course", "LeNet of the course", digit, 10, LeNets::course),
        new Blueprint("lenet5", "LeNet-5", Shape.of(1, 32, 32), 10, LeNets::lenet5),
        new Blueprint(
            "lenet5-cifar", "LeNet-5 for CIFAR-10", Shape.of(3, 32, 32), 10, LeNets::lenet5),
        new Blueprint(
            "lenet5-relu-cifar",
            "LeNet-5 for CIFAR-10, rectified",
            Shape.of(3, 32, 32),
            10,
            LeNets::rectified),
        new Blueprint("cnn32-64", "CNN 32-64", digit, 10, LeNets::cnn),
        new Blueprint("cnn32-64-100-100", "CNN 32-64-100-100", digit, 10, LeNets::slim));
  }

  /** LeNet as Caffe's MNIST example has it: 431,080 parameters. */
  private static Layer lenet(int classes) {
    return Sequential.of(
        Conv2d.of(20, 5),
        MaxPool2d.of(2),
        Conv2d.of(50, 5),
        MaxPool2d.of(2),
        Flatten.of(),
        Linear.of(500),
        RELU,
        Linear.of(classes));
  }

  /**
   * LeNet as a vision course has it in MATLAB: rectified behind both convolutions, and the last
   * class without weights, its logit fixed at 0: 430,579 parameters.
   */
  private static Layer course(int classes) {
    return Sequential.of(
        Conv2d.of(20, 5),
        RELU,
        MaxPool2d.of(2),
        Conv2d.of(50, 5),
        RELU,
        MaxPool2d.of(2),
        Flatten.of(),
        Linear.of(500),
        RELU,
        Linear.of(classes - 1),
        ZeroPad1d.of(0, 1));
  }

  /**
   * LeNet-5 (LeCun et al., 1998) as it is taught: pooling without parameters, every filter of conv2
   * on all six maps, a dense layer at the end. 61,706 parameters; 62,006 for colour pictures.
   */
  private static Layer lenet5(int classes) {
    return fifth(TANH, AvgPool2d.of(2), classes);
  }

  /** LeNet-5 with rectifiers and the largest of each window: 62,006 parameters for colours. */
  private static Layer rectified(int classes) {
    return fifth(RELU, MaxPool2d.of(2), classes);
  }

  private static Layer fifth(Layer function, Layer pool, int classes) {
    return Sequential.of(
        Conv2d.of(6, 5),
        function,
        pool,
        Conv2d.of(16, 5),
        function,
        pool,
        Flatten.of(),
        Linear.of(120),
        function,
        Linear.of(84),
        function,
        Linear.of(classes));
  }

  /** The same convolutions as {@link #cnn} under two hidden layers of 100: 376,906 parameters. */
  private static Layer slim(int classes) {
    return padded(Linear.of(100), RELU, Linear.of(100), RELU, Linear.of(classes));
  }

  /** Two padded convolutions, as in TensorFlow's first MNIST tutorial: 3,199,106 parameters. */
  private static Layer cnn(int classes) {
    return padded(Linear.of(1000), RELU, Linear.of(classes));
  }

  /** 32 and 64 filters of 5×5, each pooled, and what follows. */
  private static Layer padded(Layer... dense) {
    List<Layer> layers =
        new ArrayList<>(
            List.of(
                Conv2d.of(32, 5).padding(2),
                RELU,
                MaxPool2d.of(2),
                Conv2d.of(64, 5).padding(2),
                RELU,
                MaxPool2d.of(2),
                Flatten.of()));
    layers.addAll(List.of(dense));
    return Sequential.of(layers);
  }
}
