package dev.vitrine.zoo;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
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
import java.util.ArrayList;
import java.util.List;

/**
 * The configurations of "Very deep convolutional networks" (Simonyan and Zisserman, 2014), Table 1.
 */
final class VggNets {
  private static final Shape IMAGE = Shape.of(3, 224, 224);
  private static final Layer RELU = Activation.relu();

  /** AlexNet's, which the paper refers to. */
  private static final Layer LRN = LocalResponseNorm.undivided(2, 1e-4).bias(2);

  /**
   * Five stages; a number is a 3×3 convolution to so many channels, {@code /1} a 1×1 one, L the
   * normalisation.
   */
  private static final String A = "64 | 128 | 256 256 | 512 512 | 512 512";

  private static final String A_LRN = "64 L | 128 | 256 256 | 512 512 | 512 512";
  private static final String B = "64 64 | 128 128 | 256 256 | 512 512 | 512 512";
  private static final String C = "64 64 | 128 128 | 256 256 256/1 | 512 512 512/1 | 512 512 512/1";
  private static final String D = "64 64 | 128 128 | 256 256 256 | 512 512 512 | 512 512 512";
  private static final String E =
      "64 64 | 128 128 | 256 256 256 256 | 512 512 512 512 | 512 512 512 512";

  private VggNets() {}

  static List<Blueprint> all() {
    return List.of(
        spec("vgg11", "VGG-11 (A)", A),
        spec("vgg11-lrn", "VGG-11 (A-LRN)", A_LRN),
        spec("vgg13", "VGG-13 (B)", B),
        spec("vgg16-c", "VGG-16 (C)", C),
        spec("vgg16", "VGG-16", D),
        spec("vgg19", "VGG-19", E),
        normalised("vgg11-bn", "VGG-11, batch norm", A),
        normalised("vgg13-bn", "VGG-13, batch norm", B),
        normalised("vgg16-bn", "VGG-16, batch norm", D),
        normalised("vgg19-bn", "VGG-19, batch norm", E));
  }

  private static Blueprint spec(String name, String title, String stages) {
    return new Blueprint(
        name, title, IMAGE, 1000, n -> network(stages, /* normalised= */ false, n));
  }

  /** Later, and with all biases left in, as torchvision has them. */
  private static Blueprint normalised(String name, String title, String stages) {
    return new Blueprint(name, title, IMAGE, 1000, n -> network(stages, /* normalised= */ true, n));
  }

  private static Layer network(String stages, boolean normalised, int classes) {
    List<Layer> layers = new ArrayList<>();
    String[] all = stages.split(" \\| ", -1);
    for (int stage = 1; stage <= all.length; stage++) {
      String[] convolutions = all[stage - 1].split(" ", -1);
      for (int i = 1; i <= convolutions.length; i++) {
        if (convolutions[i - 1].equals("L")) {
          layers.add(LRN);
          continue;
        }
        layers.add(Named.of("conv%s_%s".formatted(stage, i), convolution(convolutions[i - 1])));
        if (normalised) {
          layers.add(BatchNorm2d.of());
        }
        layers.add(RELU);
      }
      layers.add(MaxPool2d.of(2));
    }
    layers.addAll(
        List.of(
            Flatten.of(),
            Named.of("fc6", Linear.of(4096)),
            RELU,
            Dropout.of(0.5),
            Named.of("fc7", Linear.of(4096)),
            RELU,
            Dropout.of(0.5),
            Named.of("fc8", Linear.of(classes))));
    return Sequential.of(layers);
  }

  private static Layer convolution(String text) {
    return text.endsWith("/1")
        ? Conv2d.of(Integer.parseInt(text.substring(0, text.length() - 2)), 1)
        : Conv2d.of(Integer.parseInt(text), 3).padding(1);
  }
}
