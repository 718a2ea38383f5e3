package dev.vitrine.onnx;

import dev.vitrine.weights.onnx.OnnxNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The numbers that nodes read beside what depends on an example. */
final class Constants {
  /** What they read beside the first input may be infinite: nothing is below, or above. */
  private static final Set<String> BOUNDED = Set.of("Clip", "Pad", "Min", "Max");

  private record Read(Known numbers, boolean isBound) {}

  private final Map<String, Read> read = new LinkedHashMap<>();

  void add(OnnxNode node, List<Optional<Datum>> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).orElse(null) instanceof Known known && !known.isWhole()) {
        boolean bound = BOUNDED.contains(node.operator());
        read.merge(
            node.inputs().get(i),
            new Read(known, bound),
            (a, b) -> new Read(a.numbers, a.isBound && b.isBound));
      }
    }
  }

  /** All but those that are parameters or buffers. */
  List<OnnxConstant> without(Collection<Known> parameters) {
    Set<Object> origins = parameters.stream().map(Known::origin).collect(Collectors.toSet());
    return read.entrySet().stream()
        .filter(entry -> !origins.contains(entry.getValue().numbers.origin()))
        .map(entry ->
            new OnnxConstant(
                entry.getKey(), entry.getValue().isBound, entry.getValue().numbers::numbers))
        .toList();
  }
}
