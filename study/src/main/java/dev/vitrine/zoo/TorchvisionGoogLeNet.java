package dev.vitrine.zoo;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What torchvision calls GoogLeNet, whose weights were learned in TensorFlow: batch normalisation
 * behind every convolution and no biases, 3×3 where the paper has 5×5, a last pooling of 2×2, no
 * LRN; 6,624,904 parameters without its heads, which evaluation leaves out.
 */
final class TorchvisionGoogLeNet {
  private static final Layer RELU = Activation.relu();
  private static final Layer NORM = BatchNorm2d.of().eps(1e-3);
  private static final Layer POOL = MaxPool2d.of(3).stride(2).ceil(true);

  private TorchvisionGoogLeNet() {}

  static Blueprint blueprint() {
    return new Blueprint(
        "googlenet-torchvision",
        "GoogLeNet, torchvision",
        Shape.of(3, 224, 224),
        1000,
        TorchvisionGoogLeNet::network);
  }

  private static Layer network(int classes) {
    List<Layer> layers = new ArrayList<>(convolution(Conv2d.of(64, 7).stride(2).padding(3)));
    layers.add(POOL);
    layers.addAll(convolution(Conv2d.of(64, 1)));
    layers.addAll(convolution(Conv2d.of(192, 3).padding(1)));
    layers.addAll(
        List.of(
            POOL,
            inception("3a", 64, 96, 128, 16, 32, 32),
            inception("3b", 128, 128, 192, 32, 96, 64),
            POOL,
            inception("4a", 192, 96, 208, 16, 48, 64),
            inception("4b", 160, 112, 224, 24, 64, 64),
            inception("4c", 128, 128, 256, 24, 64, 64),
            inception("4d", 112, 144, 288, 32, 64, 64),
            inception("4e", 256, 160, 320, 32, 128, 128),
            MaxPool2d.of(2).ceil(true),
            inception("5a", 256, 160, 320, 32, 128, 128),
            inception("5b", 384, 192, 384, 48, 128, 128),
            GlobalAvgPool2d.of(),
            Flatten.of(),
            Dropout.of(0.2),
            Linear.of(classes)));
    return Sequential.of(layers);
  }

  private static List<Layer> convolution(Conv2d convolution) {
    return List.of(convolution.bias(false), NORM, RELU);
  }

  /** The columns are {@link GoogLeNets}'; branches are called as torchvision does. */
  private static Layer inception(String name, int n1, int r3, int n3, int r5, int n5, int pool) {
    return Named.of(
        "inception" + name,
        Parallel.of(
            Named.of("branch1", Sequential.of(convolution(Conv2d.of(n1, 1)))),
            Named.of("branch2", reduced(r3, n3)),
            Named.of("branch3", reduced(r5, n5)),
            Named.of("branch4", pooled(pool))));
  }

  private static Layer pooled(int out) {
    List<Layer> layers = new ArrayList<>(List.of(MaxPool2d.of(3).stride(1).padding(1).ceil(true)));
    layers.addAll(convolution(Conv2d.of(out, 1)));
    return Sequential.of(layers);
  }

  private static Layer reduced(int reduce, int out) {
    List<Layer> layers = new ArrayList<>(convolution(Conv2d.of(reduce, 1)));
    layers.addAll(convolution(Conv2d.of(out, 3).padding(1)));
    return Sequential.of(layers);
  }
}
