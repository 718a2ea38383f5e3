package dev.vitrine.transfer;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.weights.stored.StoredTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Layers matched by the shapes of their tensors, one after the other, for files whose names are
 * nobody's convention. Layers of equal shapes keep the order of the numbers in their names; without
 * such numbers nothing fits.
 */
final class ByShape {
  /** What a tensor is to its layer, by the ends of the names that people give. */
  private static final Map<String, List<String>> ROLES =
      Map.of(
          "weight", List.of("weight", "kernel", "w", "gamma", "scale", "weights"),
          "bias", List.of("bias", "b", "beta", "biases"),
          "running_mean", List.of("running_mean", "moving_mean", "mean"),
          "running_var", List.of("running_var", "moving_variance", "variance", "var"));

  private ByShape() {}

  static Optional<Transfer> of(Path file, Part part, Model model) {
    SequencedMap<String, List<ParameterSpec>> ours = new LinkedHashMap<>();
    for (ParameterSpec spec : model.specs()) {
      ours.computeIfAbsent(Names.stem(spec.name()), _ -> new ArrayList<>()).add(spec);
    }
    SequencedMap<String, SequencedMap<String, StoredTensor>> theirs = layers(part);
    if (theirs.size() != ours.size()) {
      return Optional.empty();
    }
    List<String> counted = theirs.keySet().stream().sorted(Names.COUNTED).toList();
    List<Move> moves = new ArrayList<>();
    int at = 0;
    for (List<ParameterSpec> layer : ours.values()) {
      String stem = counted.get(at++);
      for (ParameterSpec spec : layer) {
        Optional<Move> move = move(part, theirs.get(stem), spec);
        if (move.isEmpty()) {
          return Optional.empty();
        }
        moves.add(move.orElseThrow());
      }
    }
    return isCounted(counted)
        ? Optional.of(
            new Transfer(
                file,
                "shapes, and the numbers in the names where shapes are equal",
                moves,
                Transfer.rest(part, moves)))
        : Optional.empty();
  }

  /** Whether every name has a number: else their order is the alphabet's, and says nothing. */
  private static boolean isCounted(List<String> stems) {
    return stems.size() == 1
        || stems.stream().allMatch(stem -> stem.chars().anyMatch(Character::isDigit));
  }

  private static SequencedMap<String, SequencedMap<String, StoredTensor>> layers(Part part) {
    var layers = new LinkedHashMap<String, SequencedMap<String, StoredTensor>>();
    part.tensors()
        .forEach((name, tensor) -> {
          String role = role(Names.role(name));
          if (role != null) {
            layers.computeIfAbsent(Names.stem(name), _ -> new LinkedHashMap<>()).put(role, tensor);
          }
        });
    return layers;
  }

  private static String role(String end) {
    for (Map.Entry<String, List<String>> role : ROLES.entrySet()) {
      if (role.getValue().contains(end.toLowerCase(java.util.Locale.ROOT).replace(":0", ""))) {
        return role.getKey();
      }
    }
    return null;
  }

  private static Optional<Move> move(
      Part part, SequencedMap<String, StoredTensor> layer, ParameterSpec spec) {
    StoredTensor tensor = layer.get(Names.role(spec.name()));
    if (tensor == null) {
      return Optional.empty();
    }
    return Change.between(tensor.dims(), spec.shape())
        .map(change -> new Move(place(part, tensor), tensor, spec.name(), spec.shape(), change));
  }

  private static String place(Part part, StoredTensor tensor) {
    return part.tensors().entrySet().stream()
        .filter(entry -> entry.getValue() == tensor)
        .map(entry -> part.full(entry.getKey()))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
