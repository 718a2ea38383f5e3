package dev.vitrine.transfer;

import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Sequential;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * torchvision's names for the parameters of its classifiers. Source: the state dictionaries that
 * torchvision 0.2 to 0.24 publishes; its sequences count layers without parameters, too.
 */
final class TorchvisionNames {
  private static final Pattern STAGE =
      Pattern.compile("stage(\\d+)_(\\d+)\\.(body|shortcut)\\.(conv|batchnorm)(\\d+)\\.(.*)");
  private static final Pattern FIRE =
      Pattern.compile("fire(\\d+)\\.(squeeze|expand\\.1x1\\.conv1|expand\\.3x3\\.conv1)\\.(.*)");

  private static final Pattern BRANCH =
      Pattern.compile("(inception\\w+\\.branch)(\\d)\\.(conv|batchnorm)(\\d)\\.(.*)");
  private static final Pattern BASIC = Pattern.compile("(conv|batchnorm)(\\d)\\.(.*)");

  /** Where SqueezeNet 1.1 has its fire modules 2 to 9 among its features. */
  private static final int[] FIRES = {3, 4, 6, 7, 9, 10, 11, 12};

  private TorchvisionNames() {}

  /** Their names for a network of the zoo; ours for those that they have not. */
  static Naming of(String zooName, Layer network, List<String> parameters) {
    String family = zooName.replaceAll("[0-9].*|-.*", "");
    UnaryOperator<String> name =
        switch (family) {
          case "resnet" ->
              zooName.contains("-") ? UnaryOperator.identity() : TorchvisionNames::resnet;
          case "squeezenet" -> TorchvisionNames::squeezenet;
          case "vgg" -> sequences(network, parameters, List.of(0, 3, 6));
          case "alexnet" ->
              zooName.equals("alexnet-torchvision")
                  ? sequences(network, parameters, List.of(1, 4, 6))
                  : UnaryOperator.identity();
          case "googlenet" ->
              zooName.equals("googlenet-torchvision")
                  ? TorchvisionNames::googlenet
                  : UnaryOperator.identity();
          default -> UnaryOperator.identity();
        };
    return new Naming("torchvision's names", name);
  }

  private static String resnet(String ours) {
    Matcher m = STAGE.matcher(ours);
    if (!m.matches()) {
      return ours.replace("batchnorm1.", "bn1.").replace("linear1.", "fc.");
    }
    boolean conv = m.group(4).equals("conv");
    String layer =
        m.group(3).equals("shortcut")
            ? "downsample." + (conv ? 0 : 1)
            : (conv ? "conv" : "bn") + m.group(5);
    return "layer%s.%s.%s.%s"
        .formatted(m.group(1), Integer.parseInt(m.group(2)) - 1, layer, m.group(6));
  }

  private static String squeezenet(String ours) {
    Matcher m = FIRE.matcher(ours);
    if (!m.matches()) {
      return ours.replace("conv1.", "features.0.").replace("conv2.", "classifier.1.");
    }
    String layer =
        m.group(2).equals("squeeze") ? "squeeze" : "expand" + m.group(2).substring(7, 10);
    return "features.%s.%s.%s"
        .formatted(FIRES[Integer.parseInt(m.group(1)) - 2], layer, m.group(3));
  }

  /** A convolution and its normalisation are one module; in a sequence of such it has a place. */
  private static String googlenet(String ours) {
    Matcher m = BRANCH.matcher(ours);
    if (m.matches()) {
      String place =
          switch (m.group(2)) {
            case "1" -> "";
            case "4" -> ".1"; // behind the pooling
            default -> "." + (Integer.parseInt(m.group(4)) - 1);
          };
      return m.group(1) + m.group(2) + place + "." + part(m.group(3)) + "." + m.group(5);
    }
    Matcher basic = BASIC.matcher(ours);
    return basic.matches()
        ? "conv%s.%s.%s".formatted(basic.group(2), part(basic.group(1)), basic.group(3))
        : ours.replace("linear1.", "fc.");
  }

  private static String part(String label) {
    return label.equals("batchnorm") ? "bn" : label;
  }

  /**
   * Names by places in two sequences: that of convolutions, normalisations and what is between
   * them, and that of dense layers.
   *
   * @param dense the places of the dense layers in theirs
   */
  private static UnaryOperator<String> sequences(
      Layer network, List<String> parameters, List<Integer> dense) {
    Map<String, String> names = new HashMap<>();
    Iterator<String> stems = parameters.stream().map(Names::stem).distinct().iterator();
    Iterator<Integer> places = dense.iterator();
    List<Layer> layers = ((Sequential) network).layers();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i) instanceof Named named ? named.layer() : layers.get(i);
      switch (layer) {
        case Conv2d _, BatchNorm2d _ -> names.put(stems.next(), "features." + i);
        case Linear _ -> names.put(stems.next(), "classifier." + places.next());
        default -> {}
      }
    }
    return ours -> names.get(Names.stem(ours)) + "." + Names.role(ours);
  }
}
