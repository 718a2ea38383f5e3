package dev.vitrine.zoo;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The networks that have a name. */
public final class Zoo {
  private static final Shape DIGIT = Shape.of(1, 28, 28);
  private static final Layer RELU = Activation.relu();

  private static final List<NetworkSpec> ALL =
      List.of(
          new NetworkSpec("lenet", "LeNet", DIGIT, lenet()),
          new NetworkSpec("mlp", "MLP 784-100-100-10", DIGIT, mlp()),
          new NetworkSpec("cnn32-64", "CNN 32-64", DIGIT, cnn()));

  private Zoo() {}

  /** LeNet as Caffe's MNIST example has it: 431,080 parameters. */
  private static Layer lenet() {
    return Sequential.of(
        Conv2d.of(20, 5),
        MaxPool2d.of(2),
        Conv2d.of(50, 5),
        MaxPool2d.of(2),
        Flatten.INSTANCE,
        Linear.of(500),
        RELU,
        Linear.of(10));
  }

  /** Two hidden layers of 100 (Nielsen, 2015): 89,610 parameters. */
  private static Layer mlp() {
    return Sequential.of(
        Flatten.INSTANCE, Linear.of(100), RELU, Linear.of(100), RELU, Linear.of(10));
  }

  /** Two padded convolutions, as in TensorFlow's first MNIST tutorial: 3,199,106 parameters. */
  private static Layer cnn() {
    return Sequential.of(
        Conv2d.of(32, 5).padding(2),
        RELU,
        MaxPool2d.of(2),
        Conv2d.of(64, 5).padding(2),
        RELU,
        MaxPool2d.of(2),
        Flatten.INSTANCE,
        Linear.of(1000),
        RELU,
        Linear.of(10));
  }

  /** All named networks. */
  public static List<NetworkSpec> all() {
    return ALL;
  }

  /** The names of all networks. */
  public static List<String> names() {
    return ALL.stream().map(NetworkSpec::name).toList();
  }

  /**
   * A network by its name, or by the path of a file that describes one.
   *
   * @throws UserException if there is neither, or the file is not such a description
   */
  public static NetworkSpec find(String nameOrFile) {
    for (NetworkSpec spec : ALL) {
      if (spec.name().equals(nameOrFile)) {
        return spec;
      }
    }
    Path file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return NetworkFile.read(file);
    }
    String hint =
        Nearest.match(nameOrFile, names()).map(n -> "; did you mean '%s'?".formatted(n)).orElse("");
    throw new UserException(
        "Unknown model '%s': expected %s or a network file%s"
            .formatted(nameOrFile, String.join(", ", names()), hint));
  }
}
