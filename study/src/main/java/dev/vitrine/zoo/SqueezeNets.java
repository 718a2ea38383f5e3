package dev.vitrine.zoo;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** SqueezeNet (Iandola et al., 2016) in its authors' version 1.1: 1,235,496 parameters. */
final class SqueezeNets {
  private static final Layer RELU = Activation.relu();
  private static final Layer POOL = MaxPool2d.of(3).stride(2).ceil(true);

  private SqueezeNets() {}

  static List<Blueprint> all() {
    return List.of(
        new Blueprint(
            "squeezenet", "SqueezeNet 1.1", Shape.of(3, 224, 224), 1000, SqueezeNets::network));
  }

  private static Layer network(int classes) {
    return Sequential.of(
        Conv2d.of(64, 3).stride(2),
        RELU,
        POOL,
        fire(2, 16, 64),
        fire(3, 16, 64),
        POOL,
        fire(4, 32, 128),
        fire(5, 32, 128),
        POOL,
        fire(6, 48, 192),
        fire(7, 48, 192),
        fire(8, 64, 256),
        fire(9, 64, 256),
        Dropout.of(0.5),
        Conv2d.of(classes, 1),
        RELU,
        GlobalAvgPool2d.of(),
        Flatten.of());
  }

  /** Few channels, then many: half of them see one pixel, half see 3×3. */
  private static Layer fire(int number, int squeeze, int expand) {
    return Named.of(
        "fire" + number,
        Sequential.of(
            Named.of("squeeze", Conv2d.of(squeeze, 1)),
            RELU,
            Named.of(
                "expand",
                Parallel.of(
                    Named.of("1x1", Sequential.of(Conv2d.of(expand, 1), RELU)),
                    Named.of("3x3", Sequential.of(Conv2d.of(expand, 3).padding(1), RELU))))));
  }
}
