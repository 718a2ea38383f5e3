package dev.vitrine.zoo;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** AlexNet in its four common forms. */
final class AlexNets {
  private static final Layer RELU = Activation.relu();
  private static final Layer POOL = MaxPool2d.of(3).stride(2);
  private static final Layer DROPOUT = Dropout.of(0.5);

  /** The paper's: alpha is not divided by the window, and 2 is added. */
  private static final Layer PAPERS_LRN = LocalResponseNorm.undivided(2, 1e-4).bias(2);

  private AlexNets() {}

  static List<Blueprint> all() {
    Shape crop = Shape.of(3, 227, 227);
    return List.of(
        new Blueprint("alexnet", "AlexNet", crop, 1000, n -> network(1, PAPERS_LRN, n)),
        new Blueprint(
            "alexnet-grouped",
            "AlexNet, two groups",
            crop,
            1000,
            n -> network(2, LocalResponseNorm.of(5), n)),
        new Blueprint(
            "alexnet-torchvision",
            "AlexNet, torchvision",
            Shape.of(3, 224, 224),
            1000,
            AlexNets::oneWeirdTrick),
        new Blueprint("alexnet-toronto", "AlexNet, Toronto", crop, 1000, AlexNets::toronto));
  }

  /**
   * Krizhevsky et al. (2012). Its two halves on two processors are two groups, as Caffe has them:
   * 60,965,224 parameters; as one tower it has 62,378,344.
   */
  private static Layer network(int groups, Layer lrn, int classes) {
    return Sequential.of(
        Conv2d.of(96, 11).stride(4),
        RELU,
        lrn,
        POOL,
        Conv2d.of(256, 5).padding(2).groups(groups),
        RELU,
        lrn,
        POOL,
        Conv2d.of(384, 3).padding(1),
        RELU,
        Conv2d.of(384, 3).padding(1).groups(groups),
        RELU,
        Conv2d.of(256, 3).padding(1).groups(groups),
        RELU,
        POOL,
        Flatten.of(),
        Linear.of(4096),
        RELU,
        DROPOUT,
        Linear.of(4096),
        RELU,
        DROPOUT,
        Linear.of(classes));
  }

  /** "One weird trick" (Krizhevsky, 2014), as torchvision has it: 61,100,840 parameters. */
  private static Layer oneWeirdTrick(int classes) {
    return Sequential.of(
        Conv2d.of(64, 11).stride(4).padding(2),
        RELU,
        POOL,
        Conv2d.of(192, 5).padding(2),
        RELU,
        POOL,
        Conv2d.of(384, 3).padding(1),
        RELU,
        Conv2d.of(256, 3).padding(1),
        RELU,
        Conv2d.of(256, 3).padding(1),
        RELU,
        POOL,
        AdaptiveAvgPool2d.of(6),
        Flatten.of(),
        DROPOUT,
        Linear.of(4096),
        RELU,
        DROPOUT,
        Linear.of(4096),
        RELU,
        Linear.of(classes));
  }

  /**
   * As a widely used script of the University of Toronto runs Caffe's weights in TensorFlow
   * (Guerzhoy and Krizhevsky, 2016): {@code SAME} padding in every convolution, so that the first
   * has 57×57 outputs for the paper's 55×55, and an alpha of 2e-5 that is not divided by the
   * window. Its parameters are those of {@code alexnet-grouped}: 60,965,224.
   */
  private static Layer toronto(int classes) {
    Layer lrn = LocalResponseNorm.undivided(2, 2e-5);
    return Sequential.of(
        Conv2d.of(96, 11).stride(4).same(true),
        RELU,
        lrn,
        POOL,
        Conv2d.of(256, 5).same(true).groups(2),
        RELU,
        lrn,
        POOL,
        Conv2d.of(384, 3).same(true),
        RELU,
        Conv2d.of(384, 3).same(true).groups(2),
        RELU,
        Conv2d.of(256, 3).same(true).groups(2),
        RELU,
        POOL,
        Flatten.of(),
        Named.of("fc6", Linear.of(4096)),
        RELU,
        DROPOUT,
        Named.of("fc7", Linear.of(4096)),
        RELU,
        DROPOUT,
        Named.of("fc8", Linear.of(classes)));
  }
}
