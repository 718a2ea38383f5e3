package dev.vitrine.onnx;

import dev.vitrine.nn.Model;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What values are called: the last that a layer computes as the layer, others after it and what
 * they are, {@code block1.add}. No two have one name.
 */
final class ExportNames {
  private final Map<Value, String> names = new HashMap<>();
  private final Map<String, Value> lastOfScope = new HashMap<>();
  private final Set<Value> needed;
  private final Set<String> taken;

  /**
   * The names of a network.
   *
   * @param taken those that inputs, outputs and parameters have
   */
  ExportNames(Model.Network network, Set<Value> needed, Set<String> taken) {
    this.needed = needed;
    this.taken = new HashSet<>(taken);
    for (Value value : network.graph().values()) {
      if (needed.contains(value) && value.perExample() && !(value.op() instanceof Leaf)) {
        for (String scope = value.scope(); !scope.isEmpty(); scope = parent(scope)) {
          lastOfScope.put(scope, value);
        }
      }
    }
  }

  private static String parent(String scope) {
    return scope.substring(0, Math.max(0, scope.lastIndexOf('.')));
  }

  boolean isNeeded(Value value) {
    return needed.contains(value);
  }

  /** The layer that a value is of; the op itself outside any. */
  String layer(Value value) {
    return value.scope().isEmpty() ? OnnxPlace.kind(value.op()) : value.scope();
  }

  String of(Value value) {
    return names.computeIfAbsent(value, each -> free(wanted(each)));
  }

  private String wanted(Value value) {
    String kind = OnnxPlace.kind(value.op());
    if (value.scope().isEmpty()) {
      return kind;
    }
    return lastOfScope.get(value.scope()) == value ? value.scope() : value.scope() + "." + kind;
  }

  /** A name that nothing has yet, which is then taken. */
  String free(String wanted) {
    String free = wanted;
    for (int i = 2; !taken.add(free); i++) {
      free = wanted + "_" + i;
    }
    return free;
  }
}
