package dev.vitrine.collapse;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Sequential;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.List;

/** The layers of an ONNX file whose graph is one path of what Vitrine has layers for. */
final class OnnxPath {
  private final Model model;
  private final List<Layer> layers = new ArrayList<>();

  /** Whose numbers the layers have, in the order of their parameters. */
  private final List<Value> stored = new ArrayList<>();

  private OnnxPath(Model model) {
    this.model = model;
  }

  /**
   * The same network in layers; itself if it is no ONNX file's.
   *
   * @throws UserException if the graph branches, or an op is no layer
   */
  static Model layers(Model model) {
    return model.network() instanceof OnnxNetwork ? new OnnxPath(model).translated() : model;
  }

  private Model translated() {
    Value at = null;
    for (Value value : model.inference().graph().values()) {
      if (value.op() instanceof Leaf.Input) {
        at = value;
      } else if (!isStored(value)) {
        add(value, at);
        at = value;
      }
    }
    Model translated = Model.of(Sequential.of(layers), model.input());
    for (int i = 0; i < stored.size(); i++) {
      String from = name(stored.get(i));
      translated.parameters().set(translated.specs().get(i).name(), model.parameters().get(from));
    }
    return translated;
  }

  private static boolean isStored(Value value) {
    return value.op() instanceof Leaf.Parameter || value.op() instanceof Leaf.Buffer;
  }

  private static String name(Value value) {
    return value.op() instanceof Leaf.Parameter(String name, var _)
        ? name
        : ((Leaf.Buffer) value.op()).name();
  }

  private void add(Value value, Value before) {
    List<Value> inputs = value.inputs();
    boolean path =
        !inputs.isEmpty()
            && inputs.getFirst().equals(before)
            && inputs.stream().skip(1).allMatch(OnnxPath::isStored);
    if (!path) {
      throw refused(value, "the graph branches, or computes with constants");
    }
    Layer layer =
        switch (value.op()) {
          case Convolution c ->
              new Conv2d(value.shape().size(0), c.window(), false, c.groups(), c.bias());
          case Affine a -> Linear.of(value.shape().size(0)).bias(a.bias());
          case AveragePool p -> new AvgPool2d(p.window(), false, p.countPadding());
          case AdaptiveAveragePool p -> AdaptiveAvgPool2d.of(p.height(), p.width());
          case MaxPool p -> new MaxPool2d(p.window(), false);
          case BatchNorm n when !n.ofBatch() -> BatchNorm2d.of().eps(n.eps());
          case dev.vitrine.op.PRelu _ -> PRelu.of();
          case dev.vitrine.op.Permute p -> new Permute(p.order());
          case Unary u -> new Activation(u);
          case Reshape _ when value.shape().rank() == 1 -> Flatten.of();
          default -> throw refused(value, "there is no layer for it");
        };
    layers.add(layer);
    List<Value> numbers = inputs.subList(1, inputs.size());
    // The layer asks for scale and shift first, the op reads mean and variance before them.
    stored.addAll(
        layer instanceof BatchNorm2d
            ? List.of(numbers.get(2), numbers.get(3), numbers.get(0), numbers.get(1))
            : numbers);
  }

  private UserException refused(Value value, String why) {
    return new UserException(
        "%s: %s: %s; collapse reads ONNX files that are one path of layers"
            .formatted(
                model.network().text(), Quote.of(value.op().getClass().getSimpleName()), why));
  }
}
