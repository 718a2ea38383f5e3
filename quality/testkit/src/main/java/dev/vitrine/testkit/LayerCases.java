package dev.vitrine.testkit;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.Auxiliary;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Dropout2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.Slice;
import dev.vitrine.nn.ZeroPad1d;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every layer and loss in small networks: the second half of the one list. */
public final class LayerCases {
  private LayerCases() {}

  /** All cases. */
  public static List<GraphCase> all() {
    List<GraphCase> cases = new ArrayList<>();
    layers()
        .forEach((layer, sizes) ->
            cases.add(
                GraphCase.of(
                    layer.toString().replace("\n", ""), g -> g.layer(layer, g.input(sizes)))));
    cases.addAll(losses());
    cases.add(GraphCase.of("a small LeNet and its loss", LayerCases::lenet));
    return cases;
  }

  /** The layers and the shapes of the inputs they are given. */
  public static Map<Layer, int[]> layers() {
    Map<Layer, int[]> layers = new LinkedHashMap<>();
    int[] image = {2, 6, 5};
    layers.put(Conv2d.of(3, 3), image);
    layers.put(Conv2d.of(5, 3).stride(2).padding(1).bias(false), image);
    layers.put(Conv2d.of(4, 2).groups(2).dilation(2), image);
    layers.put(MaxPool2d.of(2), image);
    layers.put(MaxPool2d.of(3).stride(2).padding(1).ceil(true), image);
    layers.put(AvgPool2d.of(2), image);
    layers.put(AvgPool2d.of(3).stride(2).padding(1).ceil(true), image);
    layers.put(AvgPool2d.of(3).padding(1).countPadding(false), image);
    layers.put(Conv2d.of(3, 3).stride(2).same(true), image);
    layers.put(Conv2d.of(3, 4).padding(0, 1, 2, 3), image);
    layers.put(MaxPool2d.of(3).stride(2).same(true), image);
    layers.put(MaxPool2d.of(2).padding(1, 0, 0, 1), image);
    layers.put(AvgPool2d.of(3).stride(2).same(true).countPadding(false), image);
    layers.put(AvgPool2d.of(2).padding(0, 1, 1, 0), image);
    unequal(layers, image);
    layers.put(GlobalAvgPool2d.of(), image);
    layers.put(AdaptiveAvgPool2d.of(3), image);
    layers.put(AdaptiveAvgPool2d.of(4, 7), image);
    layers.put(ConvTranspose2d.of(3, 3), image);
    layers.put(ConvTranspose2d.of(4, 4).stride(2).padding(1).groups(2).bias(false), image);
    layers.put(ConvTranspose2d.of(2, 3).stride(2).dilation(2).outputPadding(1), image);
    layers.put(ZeroPad2d.of(1, 0, 2, 3), image);
    layers.put(ZeroPad1d.of(2, 1), new int[] {5});
    layers.put(Permute.of(2, 0, 1), image);
    layers.put(Slice.of(0, 1, 2), image);
    layers.put(Slice.of(1, 0, 4), image);
    layers.put(Slice.of(0, 3, 13), new int[] {13});
    layers.put(Dropout2d.of(0.5), image);
    layers.put(Dropout2d.of(0), image);
    layers.put(PRelu.of(), image);
    norms(layers);
    layers.put(Linear.of(7), new int[] {13});
    layers.put(Linear.of(1).bias(false), new int[] {17});
    layers.put(Flatten.of(), image);
    layers.put(Dropout.of(0.5), new int[] {17});
    layers.put(Dropout.of(0), new int[] {17});
    for (Activation activation : activations()) {
      layers.put(activation, new int[] {13});
    }
    composed(layers);
    return layers;
  }

  /** Windows whose sizes down and to the right differ. */
  private static void unequal(Map<Layer, int[]> layers, int[] image) {
    layers.put(Conv2d.of(4, 1, 5), image);
    layers.put(Conv2d.of(3, 5, 1).padding(2, 0).stride(2, 1), image);
    layers.put(Conv2d.of(4, 2, 3).dilation(2, 1).padding(0, 2).groups(2).bias(false), image);
    layers.put(Conv2d.of(3, 1, 4).stride(1, 2).same(true), image);
    layers.put(MaxPool2d.of(1, 2), image);
    layers.put(MaxPool2d.of(3, 2).stride(2, 1).padding(1, 0).ceil(true), image);
    layers.put(MaxPool2d.of(2).stride(1).dilation(2), image);
    layers.put(MaxPool2d.of(3, 2).stride(1, 2).dilation(2, 3).padding(1), image);
    layers.put(AvgPool2d.of(2, 1), image);
    layers.put(AvgPool2d.of(2, 3).stride(1, 2).padding(1, 0).countPadding(false), image);
    layers.put(AvgPool2d.of(2).stride(1, 2).dilation(3, 1).padding(1, 0), image);
    layers.put(ConvTranspose2d.of(3, 1, 4).stride(1, 2).padding(0, 1), image);
    layers.put(ConvTranspose2d.of(2, 3, 2).stride(3, 1).dilation(1, 2).outputPadding(2, 0), image);
  }

  private static void norms(Map<Layer, int[]> layers) {
    layers.put(BatchNorm2d.of(), new int[] {3, 4, 5});
    layers.put(BatchNorm2d.of().eps(0.1), new int[] {13});
    layers.put(
        Sequential.of(Conv2d.of(3, 3).bias(false), BatchNorm2d.of(), Activation.relu()),
        new int[] {2, 6, 5});
    layers.put(LocalResponseNorm.of(3).alpha(0.5), new int[] {5, 3, 2});
    layers.put(LocalResponseNorm.undivided(2, 2e-5).bias(2), new int[] {5, 3, 2});
    layers.put(LocalResponseNorm.of(4).alpha(0.5).beta(0.5), new int[] {5, 3, 2});
  }

  private static List<Activation> activations() {
    return List.of(
        Activation.relu(),
        Activation.leakyRelu(0.01),
        Activation.elu(1),
        Activation.sigmoid(),
        Activation.tanh(),
        Activation.softplus(),
        Activation.clip(-0.5, 1),
        Activation.relu6(),
        Activation.silu(),
        Activation.gelu(),
        Activation.geluTanh());
  }

  private static void composed(Map<Layer, int[]> layers) {
    int[] image = {2, 6, 5};
    layers.put(
        Sequential.of(
            Conv2d.of(3, 3),
            Activation.relu(),
            MaxPool2d.of(2),
            Flatten.of(),
            Linear.of(4),
            Activation.tanh(),
            Dropout.of(0.3),
            Named.of("head", Linear.of(3))),
        image);
    layers.put(
        Parallel.of(
            Conv2d.of(1, 1),
            Sequential.of(Conv2d.of(2, 3).padding(1), Activation.relu()),
            Named.of("pooled", MaxPool2d.of(3).stride(1).padding(1))),
        image);
    layers.put(
        Residual.of(
            Sequential.of(
                Conv2d.of(2, 3).padding(1), Activation.elu(1), Conv2d.of(2, 3).padding(1))),
        image);
    layers.put(
        Residual.of(
            Sequential.of(
                Conv2d.of(3, 3).stride(2).padding(1),
                Activation.silu(),
                Conv2d.of(3, 3).padding(1)),
            Conv2d.of(3, 1).stride(2).bias(false)),
        image);
    layers.put(
        Sequential.of(
            Conv2d.of(2, 3),
            Auxiliary.of(Sequential.of(Activation.tanh(), Conv2d.of(2, 1)), 0.3),
            Activation.silu()),
        image);
    layers.put(
        Sequential.of(
            Residual.of(Conv2d.of(2, 1)),
            Activation.relu(),
            Residual.of(Conv2d.of(2, 1)),
            AvgPool2d.of(5).ceil(true),
            Flatten.of()),
        image);
  }

  private static List<GraphCase> losses() {
    return List.of(
        loss("crossEntropy", Loss.crossEntropy(), Points.label(13)),
        loss("crossEntropy", Loss.crossEntropy(0.1), Points.label(13)),
        loss("binaryCrossEntropy", Loss.binaryCrossEntropy(), Points.between(0, 1)),
        loss("meanSquaredError", Loss.meanSquaredError(), Points.normal()),
        loss("hinge", Loss.hinge(), Points.sign()));
  }

  private static GraphCase loss(String name, Loss loss, Points target) {
    return GraphCase.of(
        "loss " + name,
        g -> {
          Value x = g.input(13);
          return loss.apply(g, x, g.data(target, loss.target().shape(x.shape()).sizes()));
        });
  }

  private static Value lenet(CaseBuilder g) {
    Layer network =
        Sequential.of(
            Conv2d.of(4, 3),
            MaxPool2d.of(2),
            Conv2d.of(6, 2),
            MaxPool2d.of(2),
            Flatten.of(),
            Linear.of(13),
            Activation.relu(),
            Linear.of(5));
    Value logits = g.layer(network, g.input(1, 12, 11));
    return Loss.crossEntropy().apply(g, logits, g.data(Points.label(5)));
  }
}
