package dev.vitrine.notation;

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
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Slice;
import dev.vitrine.nn.ZeroPad2d;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The kinds of layers that a {@link NetworkFile} may name: an entry of one table each. */
final class LayerKinds {
  /**
   * A kind of layer.
   *
   * @param options the fields it takes beside its own and {@code name}
   * @param maker makes the layer, or says what is wrong with a field
   */
  record Kind(String name, Set<String> options, Function<LayerFields, Layer> maker) {}

  /** All kinds by their names. */
  static final Map<String, Kind> ALL =
      table(
          kind(
              "conv2d",
              LayerKinds::conv2d,
              "kernel",
              "stride",
              "padding",
              "dilation",
              "groups",
              "bias"),
          kind(
              "convtranspose2d",
              LayerKinds::convTranspose2d,
              "kernel",
              "stride",
              "padding",
              "output_padding",
              "dilation",
              "groups",
              "bias"),
          kind("linear", f -> Linear.of(f.main()).bias(f.flag("bias", true)), "bias"),
          kind("maxpool2d", LayerKinds::maxPool2d, "stride", "padding", "ceil"),
          kind("avgpool2d", LayerKinds::avgPool2d, "stride", "padding", "ceil", "count_padding"),
          alone("globalavgpool2d", _ -> GlobalAvgPool2d.of()),
          kind("adaptiveavgpool2d", LayerKinds::adaptiveAvgPool2d),
          alone(
              "batchnorm",
              f -> new BatchNorm2d(f.number("eps", 1e-5), f.number("momentum", 0.1)),
              "eps",
              "momentum"),
          kind("lrn", LayerKinds::lrn, "alpha", "beta", "bias", "divided"),
          kind("dropout", f -> Dropout.of(f.mainNumber())),
          kind("dropout2d", f -> Dropout2d.of(f.mainNumber())),
          alone("relu", _ -> Activation.relu()),
          alone("relu6", _ -> Activation.relu6()),
          kind("clip", LayerKinds::clip),
          kind("leaky_relu", f -> Activation.leakyRelu(f.mainNumber())),
          alone("prelu", _ -> PRelu.of()),
          kind("elu", f -> Activation.elu(f.mainNumber())),
          alone("sigmoid", _ -> Activation.sigmoid()),
          alone("tanh", _ -> Activation.tanh()),
          alone("softplus", _ -> Activation.softplus()),
          alone("silu", _ -> Activation.silu()),
          alone("gelu", LayerKinds::gelu, "approximate"),
          alone("flatten", _ -> Flatten.of()),
          kind("permute", f -> Permute.of(f.wholes("permute", 0, "axes such as [2, 0, 1]"))),
          kind("slice", f -> new Slice(f.main(), f.whole("from", 0), f.whole("to")), "from", "to"),
          kind("zeropad2d", LayerKinds::zeroPad2d),
          alone("identity", _ -> Identity.of()),
          kind("residual", LayerKinds::residual, "shortcut"),
          kind("parallel", f -> new Parallel(f.branches())),
          kind(
              "auxiliary",
              f -> Auxiliary.of(f.layers(f.kind(), "head"), f.number("weight", 0.3)),
              "weight"));

  private LayerKinds() {}

  private static Kind kind(String name, Function<LayerFields, Layer> maker, String... options) {
    return new Kind(name, Set.of(options), maker);
  }

  /** A kind without a number, which stands alone or is {@code true}. */
  private static Kind alone(String name, Function<LayerFields, Layer> maker, String... options) {
    Function<LayerFields, Layer> checked =
        fields -> {
          fields.requireTrue();
          return maker.apply(fields);
        };
    return kind(name, checked, options);
  }

  private static Map<String, Kind> table(Kind... kinds) {
    Map<String, Kind> table = new LinkedHashMap<>();
    for (Kind kind : kinds) {
      table.put(kind.name, kind);
    }
    return Collections.unmodifiableMap(table);
  }

  private static Layer conv2d(LayerFields f) {
    Conv2d layer =
        Conv2d.of(f.main(), f.whole("kernel", 3))
            .stride(f.whole("stride", 1))
            .dilation(f.whole("dilation", 1))
            .groups(f.whole("groups", 1))
            .bias(f.flag("bias", true));
    return f.padded(layer::same, layer::padding);
  }

  private static Layer convTranspose2d(LayerFields f) {
    return ConvTranspose2d.of(f.main(), f.whole("kernel", 3))
        .stride(f.whole("stride", 1))
        .padding(f.whole("padding", 0))
        .outputPadding(f.whole("output_padding", 0))
        .dilation(f.whole("dilation", 1))
        .groups(f.whole("groups", 1))
        .bias(f.flag("bias", true));
  }

  private static Layer maxPool2d(LayerFields f) {
    MaxPool2d layer =
        MaxPool2d.of(f.main()).stride(f.whole("stride", f.main())).ceil(f.flag("ceil", false));
    return f.padded(layer::same, layer::padding);
  }

  private static Layer avgPool2d(LayerFields f) {
    AvgPool2d layer =
        AvgPool2d.of(f.main())
            .stride(f.whole("stride", f.main()))
            .ceil(f.flag("ceil", false))
            .countPadding(f.flag("count_padding", true));
    return f.padded(layer::same, layer::padding);
  }

  private static Layer adaptiveAvgPool2d(LayerFields f) {
    int[] size = f.wholes(f.kind(), 2, "a number or numbers [height, width]");
    return AdaptiveAvgPool2d.of(size[0], size[1]);
  }

  private static Layer zeroPad2d(LayerFields f) {
    int[] p = f.wholes(f.kind(), 4, "a number or numbers [top, bottom, left, right]");
    return ZeroPad2d.of(p[0], p[1], p[2], p[3]);
  }

  private static Layer lrn(LayerFields f) {
    return new LocalResponseNorm(
        f.main(),
        f.number("alpha", 1e-4),
        f.flag("divided", true),
        f.number("beta", 0.75),
        f.number("bias", 1));
  }

  private static Layer clip(LayerFields f) {
    double[] bounds = f.bounds();
    return Activation.clip(bounds[0], bounds[1]);
  }

  /** The option and its values are ONNX's and PyTorch's. */
  private static Layer gelu(LayerFields f) {
    return f.oneOf("approximate", "none", "tanh").equals("tanh")
        ? Activation.geluTanh()
        : Activation.gelu();
  }

  private static Layer residual(LayerFields f) {
    Layer body = f.layers(f.kind(), "body");
    return f.has("shortcut")
        ? Residual.of(body, f.layers("shortcut", "shortcut"))
        : Residual.of(body);
  }
}
