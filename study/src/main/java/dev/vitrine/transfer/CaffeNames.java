package dev.vitrine.transfer;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Caffe's names for the layers of networks with branches, where numbers and shapes do not decide.
 * Source: the published {@code bvlc_googlenet} and {@code squeezenet_v1.1}. {@link ResNetNames} has
 * its ResNet-50.
 */
final class CaffeNames {
  private static final Pattern FIRE =
      Pattern.compile("(fire\\d+)\\.(squeeze|expand\\.(1x1|3x3)\\.conv1)");
  private static final Pattern INCEPTION =
      Pattern.compile("inception(\\d[a-e])\\.(1x1|3x3|5x5|pool)\\.conv([12])");

  private static final Map<String, String> SQUEEZENET = Map.of("conv2", "conv10");
  private static final Map<String, String> GOOGLENET =
      Map.ofEntries(
          Map.entry("conv1", "conv1/7x7_s2"),
          Map.entry("conv2", "conv2/3x3_reduce"),
          Map.entry("conv3", "conv2/3x3"),
          Map.entry("linear1", "loss3/classifier"),
          Map.entry("head4a.conv1", "loss1/conv"),
          Map.entry("head4a.linear1", "loss1/fc"),
          Map.entry("head4a.linear2", "loss1/classifier"),
          Map.entry("head4d.conv1", "loss2/conv"),
          Map.entry("head4d.linear1", "loss2/fc"),
          Map.entry("head4d.linear2", "loss2/classifier"));

  private CaffeNames() {}

  /** Its names for a network of the zoo, if they are needed. */
  static Optional<Naming> of(String zooName) {
    Optional<UnaryOperator<String>> layer =
        switch (zooName) {
          case "squeezenet" -> Optional.of(CaffeNames::squeezenet);
          case "googlenet", "googlenet-aux" -> Optional.of(CaffeNames::googlenet);
          default -> Optional.empty();
        };
    return layer.map(of ->
        new Naming(
            "Caffe's names",
            ours -> of.apply(Names.stem(ours)).replace('/', '.') + "." + Names.role(ours)));
  }

  private static String squeezenet(String layer) {
    Matcher m = FIRE.matcher(layer);
    if (!m.matches()) {
      return SQUEEZENET.getOrDefault(layer, layer);
    }
    return m.group(1) + (m.group(3) == null ? "/squeeze1x1" : "/expand" + m.group(3));
  }

  private static String googlenet(String layer) {
    Matcher m = INCEPTION.matcher(layer);
    if (!m.matches()) {
      return GOOGLENET.getOrDefault(layer, layer);
    }
    String branch = m.group(2);
    String name =
        switch (branch) {
          case "1x1" -> branch;
          case "pool" -> "pool_proj";
          default -> branch + (m.group(3).equals("1") ? "_reduce" : "");
        };
    return "inception_%s/%s".formatted(m.group(1), name);
  }
}
