package dev.vitrine.zoo;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Auxiliary;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Inception v1 (Szegedy et al., 2014), Table 1: 6,998,552 parameters; 13,378,280 with the two
 * auxiliary heads that it was trained with.
 */
final class GoogLeNets {
  private static final Layer RELU = Activation.relu();
  private static final Layer LRN = LocalResponseNorm.of(5);

  /** Rounds up, as Caffe does: 112 becomes 56. */
  private static final Layer POOL = MaxPool2d.of(3).stride(2).ceil(true);

  private GoogLeNets() {}

  static List<Blueprint> all() {
    Shape image = Shape.of(3, 224, 224);
    return List.of(
        new Blueprint("googlenet", "GoogLeNet", image, 1000, GoogLeNets::plain),
        new Blueprint(
            "googlenet-aux", "GoogLeNet with its heads", image, 1000, GoogLeNets::withHeads),
        TorchvisionGoogLeNet.blueprint());
  }

  private static Layer plain(int classes) {
    List<Layer> layers = new ArrayList<>(to4a());
    layers.addAll(from4bTo4d());
    layers.addAll(from4e(classes));
    return Sequential.of(layers);
  }

  /** The same layers with the heads beside the path, their losses weighted by 0.3. */
  private static Layer withHeads(int classes) {
    List<Layer> layers = new ArrayList<>(to4a());
    layers.add(Named.of("head4a", Auxiliary.of(head(classes), 0.3)));
    layers.addAll(from4bTo4d());
    layers.add(Named.of("head4d", Auxiliary.of(head(classes), 0.3)));
    layers.addAll(from4e(classes));
    return Sequential.of(layers);
  }

  private static List<Layer> to4a() {
    return List.of(
        Conv2d.of(64, 7).stride(2).padding(3),
        RELU,
        POOL,
        LRN,
        Conv2d.of(64, 1),
        RELU,
        Conv2d.of(192, 3).padding(1),
        RELU,
        LRN,
        POOL,
        inception("3a", 64, 96, 128, 16, 32, 32),
        inception("3b", 128, 128, 192, 32, 96, 64),
        POOL,
        inception("4a", 192, 96, 208, 16, 48, 64));
  }

  private static List<Layer> from4bTo4d() {
    return List.of(
        inception("4b", 160, 112, 224, 24, 64, 64),
        inception("4c", 128, 128, 256, 24, 64, 64),
        inception("4d", 112, 144, 288, 32, 64, 64));
  }

  private static List<Layer> from4e(int classes) {
    return List.of(
        inception("4e", 256, 160, 320, 32, 128, 128),
        POOL,
        inception("5a", 256, 160, 320, 32, 128, 128),
        inception("5b", 384, 192, 384, 48, 128, 128),
        GlobalAvgPool2d.of(),
        Flatten.of(),
        Dropout.of(0.4),
        Linear.of(classes));
  }

  /** An auxiliary head, as section 5 of the paper lists it. */
  private static Layer head(int classes) {
    return Sequential.of(
        AvgPool2d.of(5).stride(3),
        Conv2d.of(128, 1),
        RELU,
        Flatten.of(),
        Linear.of(1024),
        RELU,
        Dropout.of(0.7),
        Linear.of(classes));
  }

  /** The columns of Table 1: {@code r} is what reduces the channels before the larger kernel. */
  private static Layer inception(String name, int n1, int r3, int n3, int r5, int n5, int pool) {
    return Named.of(
        "inception" + name,
        Parallel.of(
            Named.of("1x1", Sequential.of(Conv2d.of(n1, 1), RELU)),
            Named.of(
                "3x3", Sequential.of(Conv2d.of(r3, 1), RELU, Conv2d.of(n3, 3).padding(1), RELU)),
            Named.of(
                "5x5", Sequential.of(Conv2d.of(r5, 1), RELU, Conv2d.of(n5, 5).padding(2), RELU)),
            Named.of(
                "pool",
                Sequential.of(MaxPool2d.of(3).stride(1).padding(1), Conv2d.of(pool, 1), RELU))));
  }
}
