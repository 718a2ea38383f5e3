package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.nn.ParameterSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Layers matched by the shapes of their tensors, for files whose layers have names of their own.
 * Where several fit, those that one passes after the other keep the order of the numbers in their
 * names; what nothing decides is said, never guessed. No layer of the part is left over.
 */
final class ByShape {
  private final SequencedMap<String, List<ParameterSpec>> ours;
  private final SequencedMap<String, SequencedMap<String, LayerFit.Fitted>> candidates =
      new LinkedHashMap<>();
  private final Map<String, LayerFit.Fitted> chosen = new LinkedHashMap<>();
  private final Map<String, String> chosenNames = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Wiring wiring;
  private final List<String> remarks = new ArrayList<>();
  private boolean counted;

  private ByShape(Wiring wiring) {
    this.wiring = wiring;
    ours = wiring.layers();
  }

  /**
   * What fits, or why it cannot be said.
   *
   * @param found what fits, if it is decided
   * @param open what is not, a sentence's end; empty if nothing fits at all
   */
  record Answer(Optional<Found> found, Optional<String> open) {
    private static final Answer NONE = new Answer(Optional.empty(), Optional.empty());
  }

  static Answer of(Part part, Wiring wiring, Conventions conventions) {
    Labels labels = part.labels();
    LayerFit fit = new LayerFit(wiring, conventions, part);
    if (labels.layers().size() < wiring.layers().size()) {
      return Answer.NONE;
    }
    ByShape search = new ByShape(wiring);
    for (var layer : search.ours.entrySet()) {
      var fitting = new LinkedHashMap<String, LayerFit.Fitted>();
      labels
          .layers()
          .forEach((name, roles) ->
              fit.of(layer.getValue(), roles).ifPresent(fitted -> fitting.put(name, fitted)));
      search.candidates.put(layer.getKey(), fitting);
    }
    if (!search.takeSingles()) {
      return Answer.NONE;
    }
    while (!search.candidates.isEmpty()) {
      Optional<String> open = search.takeCounted();
      if (open.isPresent()) {
        return new Answer(Optional.empty(), open);
      }
    }
    boolean all =
        labels.layers().keySet().stream()
            .allMatch(layer -> labels.bare().contains(layer) || search.taken.contains(layer));
    return all ? new Answer(Optional.of(search.found(part)), Optional.empty()) : Answer.NONE;
  }

  /** Takes what has one candidate, until all have several; false if one has none. */
  private boolean takeSingles() {
    boolean more = true;
    while (more) {
      more = false;
      for (String layer : List.copyOf(candidates.keySet())) {
        SequencedMap<String, LayerFit.Fitted> fitting = candidates.get(layer);
        if (fitting.isEmpty()) {
          return false;
        }
        if (fitting.size() == 1) {
          take(layer, fitting.firstEntry().getKey());
          more = true;
        }
      }
    }
    return true;
  }

  private void take(String layer, String theirs) {
    taken.add(theirs);
    chosen.put(layer, candidates.remove(layer).get(theirs));
    chosenNames.put(layer, theirs);
    candidates.values().forEach(others -> others.remove(theirs));
  }

  /**
   * Takes the first layer that is open and all that compete with it, by the numbers in the names.
   *
   * @return why it cannot be done, if it cannot
   */
  private Optional<String> takeCounted() {
    SequencedSet<String> layers = new LinkedHashSet<>(List.of(candidates.firstEntry().getKey()));
    SequencedSet<String> theirs = new LinkedHashSet<>();
    for (int before = -1; before < layers.size() + theirs.size(); ) {
      before = layers.size() + theirs.size();
      layers.forEach(layer -> theirs.addAll(candidates.get(layer).keySet()));
      candidates.forEach((layer, fitting) -> {
        if (fitting.keySet().stream().anyMatch(theirs::contains)) {
          layers.add(layer);
        }
      });
    }
    List<String> network = ours.keySet().stream().filter(layers::contains).toList();
    List<String> file = Names.counted(theirs);
    boolean decided = network.size() == file.size() && Names.areCounted(file);
    for (int i = 0; decided && i < network.size(); i++) {
      decided =
          candidates.get(network.get(i)).containsKey(file.get(i))
              && (i == 0 || wiring.areInLine(network.get(i - 1), network.get(i)));
    }
    Optional<String> against = decided ? against(network, file) : Optional.empty();
    if (against.isPresent()) {
      return against;
    }
    if (!decided) {
      return Optional.of(
          "which of its layers are the network's %s cannot be told: %s fit by shape, and no number in their names decides: name the network's layers as the file does"
              .formatted(some(network), some(file)));
    }
    for (int i = 0; i < network.size(); i++) {
      take(network.get(i), file.get(i));
    }
    counted = true;
    if (IntStream.range(0, file.size())
        .allMatch(i -> Names.haveOneNumber(network.get(i), file.get(i)))) {
      return Optional.empty(); // conv3_2 and block3_conv2: their names agree
    }
    remarks.add(
        "%s have one shape: taken as %s, by nothing but the numbers in their names"
            .formatted(some(file), some(network)));
    return Optional.empty();
  }

  /** What shapes alone decide shows whether a file's numbers go up along the network. */
  private Optional<String> against(List<String> network, List<String> file) {
    Map<String, String> all = new LinkedHashMap<>();
    chosenNames.forEach(all::put);
    for (int i = 0; i < network.size(); i++) {
      all.put(network.get(i), file.get(i));
    }
    List<String> order = ours.keySet().stream().filter(all::containsKey).toList();
    for (int b = 1; b < order.size(); b++) {
      for (int a = 0; a < b; a++) {
        String first = all.get(order.get(a));
        String then = all.get(order.get(b));
        if (Names.COUNTED.compare(first, then) > 0
            && Names.areCounted(List.of(then, first))
            && wiring.areInLine(order.get(a), order.get(b))) {
          return Optional.of(
              "which of its layers are the network's %s cannot be told: %s fit by shape, and by their numbers would be in this order, but %s, which is the network's %s, stands before %s, its %s: name the network's layers as the file does"
                  .formatted(
                      some(network),
                      some(file),
                      Quote.of(first),
                      Quote.of(order.get(a)),
                      Quote.of(then),
                      Quote.of(order.get(b))));
        }
      }
    }
    return Optional.empty();
  }

  private static String some(List<String> names) {
    List<String> shown = names.stream().limit(3).map(Quote::of).toList();
    String more = names.size() > shown.size() ? " and %s more".formatted(names.size() - 3) : "";
    return names.size() == 2 ? String.join(" and ", shown) : String.join(", ", shown) + more;
  }

  private Found found(Part part) {
    List<Match> matches = new ArrayList<>();
    List<ParameterSpec> missing = new ArrayList<>();
    List<String> beside = new ArrayList<>();
    for (String layer : ours.keySet()) {
      LayerFit.Fitted fitted = chosen.get(layer);
      matches.addAll(fitted.matches());
      missing.addAll(fitted.missing());
      beside.addAll(fitted.beside());
    }
    String how = counted ? "shapes, and the numbers in the names where shapes are equal" : "shapes";
    return new Found(part, how, matches, missing, beside, remarks);
  }
}
