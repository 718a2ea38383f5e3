package dev.vitrine.zoo;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks (He et al., 2015), Table 1, with projections where the shape changes (option
 * B). As in torchvision, a bottleneck's stride is in its 3×3 convolution.
 */
final class ResNets {
  private static final Layer RELU = Activation.relu();

  private ResNets() {}

  static List<Blueprint> all() {
    return List.of(
        spec(18, false, 2, 2, 2, 2), spec(34, false, 3, 4, 6, 3), spec(50, true, 3, 4, 6, 3));
  }

  private static Blueprint spec(int depth, boolean bottlenecks, int... blocks) {
    return new Blueprint(
        "resnet" + depth,
        "ResNet-" + depth,
        Shape.of(3, 224, 224),
        1000,
        n -> network(n, bottlenecks, blocks));
  }

  private static Layer network(int classes, boolean bottlenecks, int... blocks) {
    List<Layer> layers =
        new ArrayList<>(
            List.of(
                Conv2d.of(64, 7).stride(2).padding(3).bias(false),
                BatchNorm2d.of(),
                RELU,
                MaxPool2d.of(3).stride(2).padding(1)));
    int in = 64;
    for (int stage = 0; stage < blocks.length; stage++) {
      int width = 64 << stage;
      int out = bottlenecks ? 4 * width : width;
      for (int block = 1; block <= blocks[stage]; block++) {
        int stride = stage > 0 && block == 1 ? 2 : 1;
        Layer body = bottlenecks ? bottleneck(width, stride) : basic(width, stride);
        Layer residual =
            in == out
                ? Residual.of(body)
                : Residual.of(body, sequence(List.of(convolution(out, 1, stride))));
        layers.add(Named.of("stage%s_%s".formatted(stage + 1, block), residual));
        layers.add(RELU);
        in = out;
      }
    }
    layers.addAll(List.of(GlobalAvgPool2d.of(), Flatten.of(), Linear.of(classes)));
    return Sequential.of(layers);
  }

  private static Layer basic(int width, int stride) {
    return sequence(
        List.of(convolution(width, 3, stride), List.of(RELU), convolution(width, 3, 1)));
  }

  private static Layer bottleneck(int width, int stride) {
    return sequence(
        List.of(
            convolution(width, 1, 1),
            List.of(RELU),
            convolution(width, 3, stride),
            List.of(RELU),
            convolution(4 * width, 1, 1)));
  }

  /** A convolution that keeps the size but for its stride, normalised. */
  private static List<Layer> convolution(int out, int kernel, int stride) {
    return List.of(
        Conv2d.of(out, kernel).stride(stride).padding(kernel / 2).bias(false), BatchNorm2d.of());
  }

  private static Layer sequence(List<List<Layer>> parts) {
    return Sequential.of(parts.stream().flatMap(List::stream).toList());
  }
}
