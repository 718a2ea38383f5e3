package dev.vitrine.nn;

import dev.vitrine.op.Concat;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Branches side by side on the same input, their outputs one after another along the channels.
 *
 * @param branches the layers side by side, in the order of their outputs
 */
public record Parallel(List<Layer> branches) implements Layer {
  /** Keeps its own copy of the list, none of which may be {@code null}. */
  public Parallel {
    Objects.requireNonNull(branches, "branches");
    branches = Layers.copy("Parallel", branches);
  }

  /**
   * {@return the given branches, whose outputs are concatenated in their order}
   *
   * @param branches at least one; they agree in all axes but the channels
   */
  public static Parallel of(Layer... branches) {
    Objects.requireNonNull(branches, "branches");
    return of(Arrays.asList(branches));
  }

  /**
   * {@return the branches of a list, in their order}
   *
   * @param branches at least one; they agree in all axes but the channels
   */
  public static Parallel of(List<? extends Layer> branches) {
    Objects.requireNonNull(branches, "branches");
    return new Parallel(new ArrayList<>(branches));
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    List<Value> outputs = new ArrayList<>();
    for (Layer branch : branches) {
      String name = branch instanceof Named named ? named.name() : "branch" + (outputs.size() + 1);
      outputs.add(network.add(name, branch, x));
    }
    return network.apply(new Concat(0), outputs.toArray(Value[]::new));
  }

  @Override
  public String toString() {
    return branches.stream()
        .map(branch -> "  " + branch.text().replace("\n", "\n  "))
        .collect(Collectors.joining(",\n", "Parallel(\n", ")"));
  }
}
