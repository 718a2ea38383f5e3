package dev.vitrine.transfer;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * A network of the zoo that a file fits, by the names and sizes of its tensors. That a file fits
 * does not prove that it is one: the same sizes go with other activations and other inputs.
 *
 * @param network the network, for as many classes and channels as the file has
 * @param classes how many numbers it answers
 * @param transfer which tensor becomes which parameter
 */
public record Recognition(NetworkSpec network, int classes, Transfer transfer) {
  private static final int[] CHANNELS = {3, 1};

  /** Refuses {@code null}. */
  public Recognition {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(transfer, "transfer");
  }

  /**
   * {@return all networks of the zoo that a file fits, as published or for another number of
   * classes or colours; no number is read} Of a network and a smaller one whose layers it has, too,
   * only that which leaves fewer tensors over is among them.
   *
   * @param weights what a file holds
   * @param key the place in the file below which to look; everywhere without it
   * @throws UserException if nothing lies there
   */
  public static List<Recognition> of(Weights weights, Optional<String> key) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(key, "key");
    List<Part> parts = Part.of(weights, key);
    if (parts.isEmpty()) {
      return List.of();
    }
    Collection<StoredTensor> tensors = parts.getFirst().tensors().values();
    Map<Long, Integer> counts = new HashMap<>();
    tensors.forEach(tensor -> counts.merge(tensor.elements(), 1, Integer::sum));
    List<Recognition> found = new ArrayList<>();
    for (NetworkSpec published : Zoo.all()) {
      fitting(published, tensors, counts, weights, parts).ifPresent(found::add);
    }
    int fewest = found.stream().mapToInt(Recognition::leftOver).min().orElse(0);
    return found.stream().filter(each -> each.leftOver() == fewest).toList();
  }

  private int leftOver() {
    return transfer.leftOver().size();
  }

  private static Optional<Recognition> fitting(
      NetworkSpec published,
      Collection<StoredTensor> tensors,
      Map<Long, Integer> counts,
      Weights weights,
      List<Part> parts) {
    for (NetworkSpec spec : variants(published, tensors)) {
      Optional<Wiring> wiring = wiring(spec).filter(w -> fit(w, counts));
      if (wiring.isPresent()) {
        try {
          Optional<Transfer> transfer = Search.fitting(weights, spec, parts);
          if (transfer.isPresent()) {
            int outputs = wiring.orElseThrow().outputs();
            return Optional.of(new Recognition(spec, outputs, transfer.orElseThrow()));
          }
        } catch (UserException _) {
          // It fits, but has layers besides.
        }
      }
    }
    return Optional.empty();
  }

  /** As published, and for each number of classes that a bias of the file may be of. */
  private static SequencedSet<NetworkSpec> variants(
      NetworkSpec published, Collection<StoredTensor> tensors) {
    SequencedSet<Integer> classes = new LinkedHashSet<>();
    for (StoredTensor tensor : tensors) {
      if (tensor.dims().stream().filter(size -> size != 1).count() <= 1
          && tensor.elements() > 0
          && tensor.elements() <= Integer.MAX_VALUE) {
        classes.add((int) tensor.elements());
      }
    }
    SequencedSet<NetworkSpec> variants = new LinkedHashSet<>(List.of(published));
    for (int number : classes) {
      built(published.name(), published.input(), number).ifPresent(variants::add);
      if (published.input().rank() == 3) {
        for (int channels : CHANNELS) {
          Shape input = published.input().with(0, channels);
          built(published.name(), input, number).ifPresent(variants::add);
        }
      }
    }
    return variants;
  }

  /** None for what has more classes than that at least. */
  private static Optional<NetworkSpec> built(String name, Shape input, int classes) {
    try {
      return Optional.of(Zoo.find(name, input, classes));
    } catch (UserException _) {
      return Optional.empty();
    }
  }

  /** None for what cannot be built for such images. */
  private static Optional<Wiring> wiring(NetworkSpec spec) {
    try {
      return Optional.of(Wiring.of(spec.layers(), spec.input()));
    } catch (UserException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether the file has a tensor of as many numbers for every parameter. */
  private static boolean fit(Wiring wiring, Map<Long, Integer> counts) {
    Map<Long, Integer> needed = new HashMap<>();
    for (ParameterSpec spec : wiring.specs()) {
      if (!LayerFit.isOptional(spec)) {
        needed.merge((long) spec.shape().elements(), 1, Integer::sum);
      }
    }
    return !needed.isEmpty()
        && needed.entrySet().stream()
            .allMatch(need -> counts.getOrDefault(need.getKey(), 0) >= need.getValue());
  }
}
