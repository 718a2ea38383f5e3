package dev.vitrine.transfer;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the tensors of a file's layer fit a layer of a network. */
final class LayerFit {
  private final Wiring wiring;
  private final Conventions conventions;
  private final Part part;

  LayerFit(Wiring wiring, Conventions conventions, Part part) {
    this.wiring = wiring;
    this.conventions = conventions;
    this.part = part;
  }

  /**
   * The tensors of a layer that fit.
   *
   * @param matches for each parameter
   * @param missing parameters that the file leaves as they start
   * @param beside the places of tensors that were used up in others
   */
  record Fitted(List<Match> matches, List<ParameterSpec> missing, List<String> beside) {}

  /** The sizes that the file's tensor is to have. */
  Shape expected(ParameterSpec spec) {
    return wiring.isOfOutput(spec.name()) && !conventions.classes().isEmpty()
        ? spec.shape().with(0, conventions.classes().size())
        : spec.shape();
  }

  Optional<Match> match(Source source, ParameterSpec spec) {
    List<Way> ways = Way.all(source.dims(), expected(spec), wiring.flattened(spec.name()));
    return ways.isEmpty() ? Optional.empty() : Optional.of(new Match(source, spec, ways));
  }

  Source source(String name) {
    return Source.of(part.full(name), part.tensors().get(name));
  }

  /**
   * {@return the tensors of a layer for the parameters of one, if they fit: no role may be left
   * over, since a bias that is dropped makes another network}
   */
  Optional<Fitted> of(List<ParameterSpec> specs, Map<String, List<String>> roles) {
    if (roles.values().stream().anyMatch(names -> names.size() > 1)) {
      return Optional.empty();
    }
    Map<String, Source> sources = new LinkedHashMap<>();
    roles.forEach((role, names) -> sources.put(role, source(names.getFirst())));
    List<String> beside = Folding.of(sources, wiring.eps(Names.stem(specs.getFirst().name())));
    if (specs.size() == 2 && sources.size() == 1 && sources.containsKey(Label.WEIGHT)) {
      return BiasColumn.of(specs, sources.get(Label.WEIGHT), this, conventions);
    }
    List<Match> matches = new ArrayList<>();
    List<ParameterSpec> missing = new ArrayList<>();
    for (ParameterSpec spec : specs) {
      Source source = sources.remove(Names.role(spec.name()));
      if (source == null && isOptional(spec)) {
        missing.add(spec);
      } else {
        Optional<Match> match = source == null ? Optional.empty() : match(source, spec);
        if (match.isEmpty()) {
          return Optional.empty();
        }
        matches.add(match.orElseThrow());
      }
    }
    return sources.isEmpty() && !matches.isEmpty()
        ? Optional.of(new Fitted(matches, missing, beside))
        : Optional.empty();
  }

  /** A normalisation may be trained without a scale or a shift. */
  static boolean isOptional(ParameterSpec spec) {
    return spec.role() == ParameterSpec.Role.SCALE || spec.role() == ParameterSpec.Role.SHIFT;
  }
}
