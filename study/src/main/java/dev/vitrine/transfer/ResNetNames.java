package dev.vitrine.transfer;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Caffe and Keras call the layers of their ResNet-50, which is another network than
 * torchvision's. Source: the authors' {@code ResNet-50-deploy.prototxt}, whose names Keras' first
 * versions have too, and {@code keras.applications}.
 */
final class ResNetNames {
  private static final Pattern LAYER =
      Pattern.compile("stage(\\d)_(\\d+)\\.(body|shortcut)\\.(conv|batchnorm)(\\d)");

  private ResNetNames() {}

  /** The namings for a network of the zoo; none for those that are torchvision's. */
  static List<Naming> of(String zooName) {
    return switch (zooName) {
      case "resnet50-caffe" -> List.of(naming("Caffe's names", ResNetNames::caffe));
      case "resnet50-keras" ->
          List.of(
              naming("Keras' names", ours -> keras(ours, "predictions")),
              naming("Keras' names", ours -> keras(ours, "probs")),
              naming("Keras' older names", ResNetNames::caffe));
      default -> List.of();
    };
  }

  private static Naming naming(String title, UnaryOperator<String> layer) {
    return new Naming(title, ours -> layer.apply(Names.stem(ours)) + "." + Names.role(ours));
  }

  /** {@code res2a_branch2b}, {@code bn2a_branch2b}; the shortcut is branch 1. */
  private static String caffe(String ours) {
    Matcher m = LAYER.matcher(ours);
    if (!m.matches()) {
      return switch (ours) {
        case "batchnorm1" -> "bn_conv1";
        case "linear1" -> "fc1000";
        default -> ours;
      };
    }
    String branch = m.group(3).equals("shortcut") ? "1" : "2" + letter(m.group(5));
    return "%s%s%s_branch%s"
        .formatted(m.group(4).equals("conv") ? "res" : "bn", stage(m), letter(m.group(2)), branch);
  }

  /** {@code conv2_block1_2_conv}, {@code conv2_block1_2_bn}; the shortcut is number 0. */
  private static String keras(String ours, String last) {
    Matcher m = LAYER.matcher(ours);
    if (!m.matches()) {
      return switch (ours) {
        case "conv1" -> "conv1_conv";
        case "batchnorm1" -> "conv1_bn";
        default -> last;
      };
    }
    return "conv%s_block%s_%s_%s"
        .formatted(
            stage(m),
            m.group(2),
            m.group(3).equals("shortcut") ? "0" : m.group(5),
            m.group(4).equals("conv") ? "conv" : "bn");
  }

  /** Their first convolution is a stage, too. */
  private static int stage(Matcher m) {
    return Integer.parseInt(m.group(1)) + 1;
  }

  private static char letter(String number) {
    return (char) ('a' + Integer.parseInt(number) - 1);
  }
}
