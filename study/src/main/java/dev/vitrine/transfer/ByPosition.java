package dev.vitrine.transfer;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters whose names are nothing but their numbers in a list, such as NumPy's {@code arr_0} to
 * {@code arr_7}, or that lie in one vector.
 */
final class ByPosition {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");

  private ByPosition() {}

  /** The parameters in the order of their numbers, if the network's layers are in one line. */
  static Optional<Found> of(Part part, Wiring wiring, Conventions conventions) {
    List<ParameterSpec> specs = wiring.specs();
    Map<Integer, String> numbered = new TreeMap<>();
    String stem = null;
    for (String name : part.tensors().keySet()) {
      Matcher m = NUMBERED.matcher(name);
      if (!m.matches() || (stem != null && !stem.equals(m.group(1)))) {
        return Optional.empty();
      }
      stem = m.group(1);
      numbered.put(Integer.parseInt(m.group(2)), name);
    }
    if (numbered.size() != specs.size() || specs.size() < 2 || !isLine(wiring)) {
      return Optional.empty();
    }
    LayerFit fit = new LayerFit(wiring, conventions, part);
    List<Match> matches = new ArrayList<>();
    for (String name : numbered.values()) {
      Optional<Match> match = fit.match(fit.source(name), specs.get(matches.size()));
      if (match.isEmpty()) {
        return Optional.empty();
      }
      matches.add(match.orElseThrow());
    }
    String how = "the numbers that are its tensors' names, in the order of the network's layers";
    return Optional.of(new Found(part, how, matches, List.of(), List.of(), order(specs)));
  }

  private static boolean isLine(Wiring wiring) {
    List<String> layers = List.copyOf(wiring.layers().keySet());
    for (int i = 1; i < layers.size(); i++) {
      if (!wiring.areInLine(layers.get(i - 1), layers.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The four of a normalisation have one size, so their order is a custom. */
  private static List<String> order(List<ParameterSpec> specs) {
    List<String> remarks = new ArrayList<>();
    if (specs.stream().map(ParameterSpec::shape).distinct().count() < specs.size()) {
      remarks.add(
          "tensors of one shape are taken in the order of the numbers that are their names, which nothing else confirms");
    }
    if (specs.stream().anyMatch(LayerFit::isOptional)) {
      remarks.add(
          "in which order a normalisation's scale, shift, mean and variance stand cannot be known: taken in this");
    }
    return remarks;
  }

  /** Parameters each of which one tensor alone fits by its shape, whatever the names. */
  static Optional<Found> ofShapes(Part part, Wiring wiring, Conventions conventions) {
    LayerFit fit = new LayerFit(wiring, conventions, part);
    List<Match> matches = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (ParameterSpec spec : wiring.specs()) {
      List<String> fitting =
          part.tensors().keySet().stream()
              .filter(name -> fit.match(fit.source(name), spec).isPresent())
              .toList();
      if (fitting.size() != 1 || !used.add(fitting.getFirst())) {
        return Optional.empty();
      }
      matches.add(fit.match(fit.source(fitting.getFirst()), spec).orElseThrow());
    }
    return used.size() == part.tensors().size()
        ? Optional.of(new Found(part, "shapes", matches, List.of(), List.of(), List.of()))
        : Optional.empty();
  }

  /** The parameters that are learned, one after another in a vector. */
  static Optional<Found> ofVector(
      Part part, Wiring wiring, Conventions conventions, boolean byColumns) {
    if (part.tensors().size() != 1) {
      return Optional.empty();
    }
    Source vector =
        Source.of(
            part.full(part.tensors().firstEntry().getKey()),
            part.tensors().firstEntry().getValue());
    LayerFit fit = new LayerFit(wiring, conventions, part);
    List<ParameterSpec> learned =
        wiring.specs().stream().filter(spec -> spec.role().learned()).toList();
    long all = learned.stream().mapToLong(spec -> fit.expected(spec).elements()).sum();
    boolean flat = vector.dims().stream().filter(size -> size != 1).count() == 1;
    if (!flat
        || learned.size() < 2
        || vector.tensor().elements() != all
        || learned.size() != wiring.specs().size()) {
      return Optional.empty();
    }
    boolean columns =
        conventions.has(Convention.COLUMNS) || (byColumns && !conventions.has(Convention.ROWS));
    if (columns && !areDense(wiring)) {
      return Optional.empty();
    }
    List<Match> matches = new ArrayList<>();
    int at = 0;
    for (List<ParameterSpec> layer : wiring.layers().values()) {
      if (columns) {
        matches.addAll(matrix(fit, vector, layer, at, conventions));
      } else {
        int from = at;
        for (ParameterSpec spec : layer) {
          matches.add(piece(fit, vector, spec, from));
          from += fit.expected(spec).elements();
        }
      }
      at += layer.stream().mapToInt(spec -> fit.expected(spec).elements()).sum();
    }
    Convention taken = columns ? Convention.COLUMNS : Convention.ROWS;
    List<String> remarks =
        conventions.has(taken)
            ? List.of()
            : List.of(
                "how its one vector was unrolled cannot be known: taken as %s"
                    .formatted(taken.key()));
    return Optional.of(
        new Found(part, "the length of its one vector", matches, List.of(), List.of(), remarks));
  }

  private static boolean areDense(Wiring wiring) {
    return wiring.layers().values().stream()
        .allMatch(layer ->
            layer.size() == 2
                && layer.getFirst().shape().rank() == 2
                && layer.getLast().role() == ParameterSpec.Role.BIAS);
  }

  private static Match piece(LayerFit fit, Source vector, ParameterSpec spec, int from) {
    Shape shape = fit.expected(spec);
    int to = from + shape.elements();
    Step cut =
        new Step(
            Change.SPLIT,
            "numbers %s to %s".formatted(from, to - 1),
            values -> java.util.Arrays.copyOfRange(values, from, to));
    return matched(vector, spec, cut);
  }

  /** Weights and bias out of (out, 1 + in), column by column. */
  private static List<Match> matrix(
      LayerFit fit, Source vector, List<ParameterSpec> layer, int from, Conventions conventions) {
    ParameterSpec weight = layer.getFirst();
    int out = fit.expected(weight).size(0);
    int in = fit.expected(weight).size(1);
    boolean last = conventions.has(Convention.BIAS_LAST);
    int weights = last ? from : from + out;
    int bias = last ? from + out * in : from;
    Step matrix =
        new Step(
            Change.SPLIT,
            "numbers %s to %s, column by column".formatted(weights, weights + out * in - 1),
            values ->
                Rearranged.transposed(
                    java.util.Arrays.copyOfRange(values, weights, weights + out * in), out));
    Step column =
        new Step(
            Change.SPLIT,
            "numbers %s to %s".formatted(bias, bias + out - 1),
            values -> java.util.Arrays.copyOfRange(values, bias, bias + out));
    return List.of(matched(vector, weight, matrix), matched(vector, layer.getLast(), column));
  }

  private static Match matched(Source vector, ParameterSpec spec, Step cut) {
    Source part = new Source(vector.place(), vector.tensor(), List.of(), List.of(cut));
    return new Match(part, spec, List.of(new Way(Optional.empty(), false, false, List.of())));
  }
}
