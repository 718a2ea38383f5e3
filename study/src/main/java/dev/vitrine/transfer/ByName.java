package dev.vitrine.transfer;

import dev.vitrine.nn.ParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Layers matched by their names, and tensors by what their names say that they are to them. */
final class ByName {
  private ByName() {}

  static Optional<Found> of(Part part, Naming naming, Wiring wiring, Conventions conventions) {
    LayerFit fit = new LayerFit(wiring, conventions, part);
    List<Match> matches = new ArrayList<>();
    List<ParameterSpec> missing = new ArrayList<>();
    List<String> beside = new ArrayList<>();
    for (List<ParameterSpec> layer : wiring.layers().values()) {
      Optional<LayerFit.Fitted> fitted = fit.of(layer, roles(part, naming, layer));
      if (fitted.isEmpty()) {
        return Optional.empty();
      }
      matches.addAll(fitted.orElseThrow().matches());
      missing.addAll(fitted.orElseThrow().missing());
      beside.addAll(fitted.orElseThrow().beside());
    }
    return Optional.of(new Found(part, naming.title(), matches, missing, beside, List.of()));
  }

  /** The tensors of a layer; one of the very name goes before those of names that mean it. */
  static Map<String, List<String>> roles(Part part, Naming naming, List<ParameterSpec> layer) {
    String first = naming.name().apply(layer.getFirst().name());
    var roles = new LinkedHashMap<>(part.labels().of(Names.stem(first)));
    for (ParameterSpec spec : layer) {
      String theirs = naming.name().apply(spec.name());
      if (part.tensors().containsKey(theirs)) {
        roles.put(Names.role(spec.name()), List.of(theirs));
      }
    }
    return roles;
  }
}
