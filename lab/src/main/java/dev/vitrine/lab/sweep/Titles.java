package dev.vitrine.lab.sweep;

import dev.vitrine.data.DataFolders;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of studies as headings: what has a name of its own keeps its capitals. */
final class Titles {
  private static final Map<String, String> WRITTEN =
      Map.of(
          "cnn", "CNN",
          "mlp", "MLP",
          "sgd", "SGD",
          "relu", "ReLU",
          "lenet", "LeNet",
          "alexnet", "AlexNet",
          "resnet", "ResNet",
          "vgg", "VGG");

  private Titles() {}

  /**
   * Such as {@code CIFAR-10} for {@code cifar10}, {@code Hidden units} for {@code hidden-units}.
   */
  static String of(String name) {
    String title =
        Arrays.stream(name.split("-")).map(Titles::word).collect(Collectors.joining(" "));
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  private static String word(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return DataFolders.names().contains(lower)
        ? DataFolders.title(lower)
        : WRITTEN.getOrDefault(lower, word);
  }
}
