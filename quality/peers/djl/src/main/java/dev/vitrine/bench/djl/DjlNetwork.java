package dev.vitrine.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A Vitrine model, its layers as calls of DJL's functions on the same numbers. */
final class DjlNetwork {
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final List<UnaryOperator<NDArray>> calls = new ArrayList<>();

  DjlNetwork(Model model, NDManager manager, DataType type) {
    for (ParameterSpec spec : model.specs()) {
      long[] sizes = Arrays.stream(spec.shape().sizes()).asLongStream().toArray();
      float[] start = model.parameters().get(spec.name());
      NDArray array = manager.create(start, new Shape(sizes)).toType(type, false);
      array.setRequiresGradient(true);
      parameters.put(spec.name(), array);
    }
    List<NDArray> open = new ArrayList<>(parameters.values());
    ((Sequential) model.network()).layers().forEach(layer -> calls.add(call(layer, open)));
  }

  /** The call of a layer, which takes its parameters from the front of {@code open}. */
  private static UnaryOperator<NDArray> call(Layer layer, List<NDArray> open) {
    return switch (layer) {
      case Conv2d conv -> {
        NDArray weight = open.removeFirst();
        NDArray bias = open.removeFirst();
        Window window = conv.window();
        Shape stride = new Shape(window.h().stride(), window.w().stride());
        Shape padding = new Shape(window.h().before(), window.w().before());
        yield x ->
            ai.djl.nn.convolutional.Conv2d.conv2d(x, weight, bias, stride, padding)
                .singletonOrThrow();
      }
      case Linear _ -> {
        NDArray weight = open.removeFirst();
        NDArray bias = open.removeFirst();
        yield x -> ai.djl.nn.core.Linear.linear(x, weight, bias).singletonOrThrow();
      }
      case MaxPool2d pool -> {
        Window window = pool.window();
        Shape kernel = new Shape(window.h().kernel(), window.w().kernel());
        Shape stride = new Shape(window.h().stride(), window.w().stride());
        yield x -> Pool.maxPool2d(x, kernel, stride, new Shape(0, 0), false);
      }
      case Flatten _ -> x -> x.reshape(x.getShape().get(0), -1);
      case Activation activation when activation.function() instanceof Rectifier.Relu ->
          ai.djl.nn.Activation::relu;
      default -> throw new IllegalArgumentException("No translation of " + layer);
    };
  }

  NDArray logits(NDArray images) {
    NDArray x = images;
    for (UnaryOperator<NDArray> call : calls) {
      x = call.apply(x);
    }
    return x;
  }

  Map<String, NDArray> parameters() {
    return parameters;
  }
}
