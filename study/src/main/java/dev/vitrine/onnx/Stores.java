package dev.vitrine.onnx;

import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The parameters and buffers of a translation. A tensor of the file that several nodes read in the
 * same way is one of them, under the name of the first.
 */
final class Stores {
  private final Map<String, Supplier<float[]>> numbers = new LinkedHashMap<>();
  private final Map<String, Known> tensors = new LinkedHashMap<>();
  private final Map<List<Object>, Value> values = new HashMap<>();
  private final Map<Value, String> names = new HashMap<>();

  /**
   * How a tensor is stored.
   *
   * @param of the tensor; two nodes that read the same one have the same here
   * @param form how its numbers are turned; two are equal if they are turned alike
   * @param numbers its numbers, turned
   */
  record Tensor(Known of, Object form, Supplier<float[]> numbers) {
    /** The numbers as the file has them. */
    static Tensor of(Known known) {
      return new Tensor(known, "", known::floats);
    }
  }

  /** The numbers of all, by their names. */
  Map<String, Supplier<float[]>> numbers() {
    return numbers;
  }

  /** What they are of, by their names. */
  Map<String, Known> tensors() {
    return tensors;
  }

  /** A parameter or, as its role says, a buffer of the current layer, or an earlier one's. */
  Value value(
      NetworkBuilder network,
      String local,
      Tensor tensor,
      Shape shape,
      ParameterSpec.Role role,
      int fanIn,
      int fanOut) {
    if (tensor.form.equals("") && tensor.of.count() != shape.elements()) {
      throw new Refusal(
          "its %s has %s numbers, not %s".formatted(local, tensor.of.count(), shape.elements()));
    }
    return values.computeIfAbsent(
        List.of(tensor.of.origin(), tensor.form, shape, role.learned()),
        _ -> {
          String free = local;
          for (int i = 2; numbers.containsKey(network.name(free)); i++) {
            free = local + i;
          }
          String name = network.name(free);
          numbers.put(name, tensor.numbers);
          tensors.put(name, tensor.of);
          Value value =
              role.learned()
                  ? network.parameter(free, shape, role, fanIn, fanOut)
                  : network.buffer(free, shape, role);
          names.put(value, name);
          return value;
        });
  }

  /** The full name of a parameter or buffer. */
  String name(Value value) {
    return names.get(value);
  }
}
