package dev.vitrine.notation;

import static dev.vitrine.notation.LayerKind.AS_MAIN;
import static dev.vitrine.notation.LayerKind.alone;
import static dev.vitrine.notation.LayerKind.kind;
import static dev.vitrine.notation.LayerKind.only;

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
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.Slice;
import dev.vitrine.nn.Windowed;
import dev.vitrine.nn.ZeroPad1d;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The kinds of layers that a {@link NetworkFile} may name. This one table is what files are read
 * and written by: a layer of {@code dev.vitrine.nn} that it lacks fails a test.
 */
final class LayerKinds {
  /** All kinds by their names; of two that a layer could be of, the first. */
  static final Map<String, LayerKind<?>> ALL =
      table(
          convolution("conv2d", Conv2d.class, Conv2d::outChannels, LayerKinds::conv2d)
              .option("padding", 0, l -> WindowFields.padding(l.window(), l.same()))
              .option("groups", 1, Conv2d::groups)
              .option("bias", true, Conv2d::bias),
          convolution(
                  "convtranspose2d",
                  ConvTranspose2d.class,
                  ConvTranspose2d::outChannels,
                  LayerKinds::convTranspose2d)
              .option("padding", 0, l -> WindowFields.padding(l.window(), /* same= */ false))
              .option("output_padding", 0, l -> WindowFields.pair(l.bottom(), l.right()))
              .option("groups", 1, ConvTranspose2d::groups)
              .option("bias", true, ConvTranspose2d::bias),
          kind(
                  "linear",
                  Linear.class,
                  Linear::outFeatures,
                  f -> Linear.of(f.main()).bias(f.flag("bias")))
              .option("bias", true, Linear::bias),
          pooling("maxpool2d", MaxPool2d.class, LayerKinds::maxPool2d)
              .option("padding", 0, l -> WindowFields.padding(l.window(), l.same())),
          pooling("avgpool2d", AvgPool2d.class, LayerKinds::avgPool2d)
              .option("padding", 0, l -> WindowFields.padding(l.window(), l.same()))
              .option("count_padding", true, AvgPool2d::countPadding),
          only("globalavgpool2d", GlobalAvgPool2d.of()),
          kind(
              "adaptiveavgpool2d",
              AdaptiveAvgPool2d.class,
              l -> WindowFields.pair(l.height(), l.width()),
              f -> AdaptiveAvgPool2d.of(f.pair(f.name())[0], f.pair(f.name())[1])),
          alone(
                  "batchnorm",
                  BatchNorm2d.class,
                  f -> BatchNorm2d.of().eps(f.number("eps")).momentum(f.number("momentum")))
              .option("eps", 1e-5, BatchNorm2d::eps)
              .option("momentum", 0.1, BatchNorm2d::momentum),
          kind("lrn", LocalResponseNorm.class, LocalResponseNorm::size, LayerKinds::lrn)
              .option("alpha", 1e-4, LocalResponseNorm::alpha)
              .option("divided", true, LocalResponseNorm::divided)
              .option("beta", 0.75, LocalResponseNorm::beta)
              .option("bias", 1.0, LocalResponseNorm::bias),
          kind("dropout", Dropout.class, Dropout::rate, f -> Dropout.of(f.number(f.name()))),
          kind(
              "dropout2d", Dropout2d.class, Dropout2d::rate, f -> Dropout2d.of(f.number(f.name()))),
          only("relu", Activation.relu()),
          only("relu6", Activation.relu6()),
          function(
              "clip",
              Rectifier.Clip.class,
              clip -> List.of(clip.min(), clip.max()),
              f -> Activation.clip(f.bounds()[0], f.bounds()[1])),
          function(
              "leaky_relu",
              Rectifier.LeakyRelu.class,
              Rectifier.LeakyRelu::slope,
              f -> Activation.leakyRelu(f.number(f.name()))),
          only("prelu", PRelu.of()),
          function(
              "elu",
              Rectifier.Elu.class,
              Rectifier.Elu::alpha,
              f -> Activation.elu(f.number(f.name()))),
          only("sigmoid", Activation.sigmoid()),
          only("tanh", Activation.tanh()),
          only("softplus", Activation.softplus()),
          only("silu", Activation.silu()),
          // The option and its values are ONNX's and PyTorch's.
          alone("gelu", Activation.class, LayerKinds::gelu)
              .where(l -> l.equals(Activation.gelu()) || l.equals(Activation.geluTanh()))
              .option(
                  "approximate",
                  "none",
                  l -> l.function() instanceof Sigmoidal.GeluTanh ? "tanh" : "none"),
          only("flatten", Flatten.of()),
          kind(
              "permute",
              Permute.class,
              Permute::order,
              f -> Permute.of(f.wholes(f.name(), "axes such as [2, 0, 1]"))),
          kind(
                  "slice",
                  Slice.class,
                  Slice::axis,
                  f -> Slice.of(f.main(), f.whole("from"), f.whole("to")))
              .option("from", 0, Slice::from)
              .option("to", null, Slice::to),
          kind(
              "zeropad1d",
              ZeroPad1d.class,
              l -> List.of(l.before(), l.after()),
              LayerKinds::zeroPad1d),
          kind(
              "zeropad2d",
              ZeroPad2d.class,
              l -> WindowFields.sides(l.top(), l.bottom(), l.left(), l.right()),
              LayerKinds::zeroPad2d),
          only("identity", Identity.of()),
          kind("residual", Residual.class, l -> NetworkWriter.part(l.body()), LayerKinds::residual)
              .option("shortcut", "identity", l -> NetworkWriter.part(l.shortcut())),
          kind(
              "parallel",
              Parallel.class,
              l -> l.branches().stream().map(NetworkWriter::part).toList(),
              f -> Parallel.of(f.branches())),
          kind(
                  "auxiliary",
                  Auxiliary.class,
                  l -> NetworkWriter.part(l.head()),
                  f -> Auxiliary.of(f.layers(f.name(), "head"), f.number("weight")))
              .option("weight", 0.3, Auxiliary::weight),
          kind("sequential", Sequential.class, NetworkWriter::part, LayerFields::sequence));

  private LayerKinds() {}

  private static <L extends Windowed<L>> LayerKind<L> convolution(
      String name,
      Class<L> type,
      Function<L, Object> channels,
      Function<LayerFields, ? extends Layer> maker) {
    return kind(name, type, channels, maker)
        .option("kernel", 3, l -> WindowFields.kernel(l.window()))
        .option("stride", 1, l -> WindowFields.stride(l.window()))
        .option("dilation", 1, l -> WindowFields.dilation(l.window()));
  }

  private static <L extends Windowed<L>> LayerKind<L> pooling(
      String name, Class<L> type, Function<LayerFields, ? extends Layer> maker) {
    return kind(name, type, l -> WindowFields.kernel(l.window()), maker)
        .option("stride", AS_MAIN, l -> WindowFields.stride(l.window()))
        .option("dilation", 1, l -> WindowFields.dilation(l.window()))
        .option("ceil", false, l -> l.window().h().ceil());
  }

  /** An activation with numbers of its own. */
  private static <F> LayerKind<Activation> function(
      String name,
      Class<F> type,
      Function<F, Object> numbers,
      Function<LayerFields, ? extends Layer> maker) {
    return kind(name, Activation.class, l -> numbers.apply(type.cast(l.function())), maker)
        .where(l -> type.isInstance(l.function()));
  }

  private static Map<String, LayerKind<?>> table(LayerKind<?>... kinds) {
    Map<String, LayerKind<?>> table = new LinkedHashMap<>();
    for (LayerKind<?> kind : kinds) {
      table.put(kind.name(), kind);
    }
    return Collections.unmodifiableMap(table);
  }

  private static Layer conv2d(LayerFields f) {
    int[] kernel = f.pair("kernel");
    Conv2d layer = WindowFields.slide(f, Conv2d.of(f.main(), kernel[0], kernel[1]));
    Conv2d whole = layer.groups(f.whole("groups")).bias(f.flag("bias"));
    return f.isSame() ? whole.same(true) : WindowFields.pad(f, whole, "\"same\"");
  }

  private static Layer convTranspose2d(LayerFields f) {
    int[] kernel = f.pair("kernel");
    int[] more = f.pair("output_padding");
    ConvTranspose2d layer = ConvTranspose2d.of(f.main(), kernel[0], kernel[1]);
    return WindowFields.pad(f, WindowFields.slide(f, layer), "")
        .outputPadding(more[0], more[1])
        .groups(f.whole("groups"))
        .bias(f.flag("bias"));
  }

  private static Layer maxPool2d(LayerFields f) {
    int[] size = f.pair(f.name());
    MaxPool2d layer = WindowFields.slide(f, MaxPool2d.of(size[0], size[1])).ceil(f.flag("ceil"));
    return f.isSame() ? layer.same(true) : WindowFields.pad(f, layer, "\"same\"");
  }

  private static Layer avgPool2d(LayerFields f) {
    int[] size = f.pair(f.name());
    AvgPool2d layer =
        WindowFields.slide(f, AvgPool2d.of(size[0], size[1]))
            .ceil(f.flag("ceil"))
            .countPadding(f.flag("count_padding"));
    return f.isSame() ? layer.same(true) : WindowFields.pad(f, layer, "\"same\"");
  }

  private static Layer zeroPad1d(LayerFields f) {
    int[] ends = f.ends(f.name());
    return ZeroPad1d.of(ends[0], ends[1]);
  }

  private static Layer zeroPad2d(LayerFields f) {
    int[] p = f.sides(f.name(), "");
    return ZeroPad2d.of(p[0], p[1], p[2], p[3]);
  }

  private static Layer lrn(LayerFields f) {
    return LocalResponseNorm.of(f.main())
        .alpha(f.number("alpha"))
        .divided(f.flag("divided"))
        .beta(f.number("beta"))
        .bias(f.number("bias"));
  }

  private static Layer gelu(LayerFields f) {
    return f.oneOf("approximate", "none", "tanh").equals("tanh")
        ? Activation.geluTanh()
        : Activation.gelu();
  }

  private static Layer residual(LayerFields f) {
    Layer body = f.layers(f.name(), "body");
    return f.has("shortcut")
        ? Residual.of(body, f.layers("shortcut", "shortcut"))
        : Residual.of(body);
  }
}
