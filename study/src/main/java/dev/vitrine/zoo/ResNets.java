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
 * B), as those build them who published weights.
 */
final class ResNets {
  private static final Layer RELU = Activation.relu();

  /** What the paper leaves open; torchvision's answers, which the plain names have. */
  private static final Style TORCHVISION =
      new Style(false, false, false, MaxPool2d.of(3).stride(2).padding(1), BatchNorm2d.of());

  /** The authors' own {@code ResNet-50-deploy.prototxt}. */
  private static final Style CAFFE =
      new Style(true, true, false, MaxPool2d.of(3).stride(2).ceil(true), BatchNorm2d.of());

  /** {@code keras.applications.ResNet50}. */
  private static final Style KERAS =
      new Style(
          true, true, true, MaxPool2d.of(3).stride(2).padding(1), BatchNorm2d.of().eps(1.001e-5));

  private ResNets() {}

  static List<Blueprint> all() {
    return List.of(
        spec("resnet18", "ResNet-18", TORCHVISION, false, 2, 2, 2, 2),
        spec("resnet34", "ResNet-34", TORCHVISION, false, 3, 4, 6, 3),
        spec("resnet50", "ResNet-50", TORCHVISION, true, 3, 4, 6, 3),
        spec("resnet50-caffe", "ResNet-50, Caffe", CAFFE, true, 3, 4, 6, 3),
        spec("resnet50-keras", "ResNet-50, Keras", KERAS, true, 3, 4, 6, 3));
  }

  private static Blueprint spec(
      String name, String title, Style style, boolean bottlenecks, int... blocks) {
    return new Blueprint(
        name, title, Shape.of(3, 224, 224), 1000, n -> style.network(n, bottlenecks, blocks));
  }

  /**
   * What differs from program to program.
   *
   * @param early whether a bottleneck's stride is in its first 1×1 convolution, not in its 3×3
   * @param firstBias whether the first convolution has a bias
   * @param bias whether the others have
   * @param pool the pooling behind the first
   * @param norm the normalisation behind each
   */
  private record Style(
      boolean early, boolean firstBias, boolean bias, MaxPool2d pool, BatchNorm2d norm) {
    Layer network(int classes, boolean bottlenecks, int... blocks) {
      Layer first = Conv2d.of(64, 7).stride(2).padding(3).bias(firstBias);
      List<Layer> layers = new ArrayList<>(List.of(first, norm, RELU, pool));
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

    private Layer basic(int width, int stride) {
      return sequence(
          List.of(convolution(width, 3, stride), List.of(RELU), convolution(width, 3, 1)));
    }

    private Layer bottleneck(int width, int stride) {
      return sequence(
          List.of(
              convolution(width, 1, early ? stride : 1),
              List.of(RELU),
              convolution(width, 3, early ? 1 : stride),
              List.of(RELU),
              convolution(4 * width, 1, 1)));
    }

    /** A convolution that keeps the size but for its stride, normalised. */
    private List<Layer> convolution(int out, int kernel, int stride) {
      return List.of(Conv2d.of(out, kernel).stride(stride).padding(kernel / 2).bias(bias), norm);
    }
  }

  private static Layer sequence(List<List<Layer>> parts) {
    return Sequential.of(parts.stream().flatMap(List::stream).toList());
  }
}
