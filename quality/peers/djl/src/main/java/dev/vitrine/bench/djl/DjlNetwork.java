package dev.vitrine.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Vitrine model in PyTorch, on the same numbers. */
final class DjlNetwork {
  private final Map<String, NDArray> numbers = new LinkedHashMap<>();
  private final Map<String, NDArray> learned = new LinkedHashMap<>();
  private final DjlLayers.Call layers;

  DjlNetwork(Model model, NDManager manager, DataType type) {
    for (ParameterSpec spec : model.specs()) {
      long[] sizes = Arrays.stream(spec.shape().sizes()).asLongStream().toArray();
      float[] start = model.parameters().get(spec.name());
      NDArray array = manager.create(start, new Shape(sizes)).toType(type, false);
      numbers.put(spec.name(), array);
      if (spec.role().learned()) {
        array.setRequiresGradient(true);
        learned.put(spec.name(), array);
      }
    }
    List<NDArray> open = new ArrayList<>(numbers.values());
    layers = new DjlLayers(open, manager).call(model.network());
    if (!open.isEmpty()) {
      throw new IllegalStateException(open.size() + " parameters were not asked for");
    }
  }

  /**
   * The network's output.
   *
   * @param training whether as in training; else as in inference
   */
  NDArray logits(NDArray images, boolean training) {
    return layers.apply(images, training);
  }

  /** The parameters and buffers, by Vitrine's names. */
  Map<String, NDArray> numbers() {
    return numbers;
  }

  /** Those that an optimiser moves. */
  Map<String, NDArray> learned() {
    return learned;
  }
}
