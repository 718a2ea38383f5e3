package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why a file does not fit a network, of the part of it that comes nearest. */
final class Misfit {
  private final String file;
  private final LayerFit fit;
  private final Part part;
  private final Naming naming;
  private final Wiring wiring;

  /** How many parameters are there by name. */
  private final long found;

  private Misfit(String file, Part part, Naming naming, Wiring wiring, Conventions conventions) {
    this.file = file;
    this.part = part;
    this.naming = naming;
    this.wiring = wiring;
    fit = new LayerFit(wiring, conventions, part);
    found = wiring.specs().stream().filter(spec -> !names(spec).isEmpty()).count();
  }

  /** {@return a sentence without its end} */
  static String of(
      String file, List<Part> parts, List<Naming> namings, Wiring wiring, Conventions conventions) {
    Misfit best = null;
    for (Part part : parts) {
      for (Naming naming : namings) {
        Misfit next = new Misfit(file, part, naming, wiring, conventions);
        best = best == null || next.found > best.found ? next : best;
      }
    }
    return best == null
        ? "%s: there is no tensor in it".formatted(file)
        : best.found == 0 ? best.stranger() : best.lack();
  }

  private List<String> names(ParameterSpec spec) {
    List<ParameterSpec> layer = wiring.layers().get(Names.stem(spec.name()));
    Map<String, List<String>> roles = ByName.roles(part, naming, layer);
    String role = Names.role(spec.name());
    return roles.containsKey(role) || !role.equals(Label.VARIANCE)
        ? roles.getOrDefault(role, List.of())
        : roles.getOrDefault(Label.INVERSE, List.of());
  }

  private String stranger() {
    ParameterSpec first = wiring.specs().getFirst();
    String fitting = part.tensors().firstEntry().getKey();
    if (fit.match(fit.source(fitting), first).isPresent()) {
      return namesakes();
    }
    return "%s: its tensors do not fit the network by name or shape: the network's first is %s of %s, the file's %s of %s"
        .formatted(
            file,
            Quote.of(first.name()),
            fit.expected(first),
            Quote.of(part.tensors().firstEntry().getKey()),
            sizes(part.tensors().firstEntry().getValue()));
  }

  /** Shapes fit from the first on, so something else is at fault. */
  private String namesakes() {
    for (ParameterSpec spec : wiring.specs()) {
      List<String> like =
          part.tensors().keySet().stream()
              .filter(name -> fit.match(fit.source(name), spec).isPresent())
              .toList();
      if (like.isEmpty() && !LayerFit.isOptional(spec)) {
        return "%s: no tensor of it fits the network's %s of %s, by name or shape"
            .formatted(file, Quote.of(spec.name()), fit.expected(spec));
      }
      if (like.size() > 1) {
        return "%s: its tensors %s both fit the network's %s of %s by shape, and their names do not tell which it is: name the network's layers as the file does"
            .formatted(
                file,
                like.stream().limit(2).map(this::quoted).collect(Collectors.joining(" and ")),
                Quote.of(spec.name()),
                fit.expected(spec));
      }
    }
    return "%s: its %s tensors do not fit the network's %s parameters by name, and by shape only in part"
        .formatted(file, part.tensors().size(), wiring.specs().size());
  }

  private String lack() {
    for (ParameterSpec spec : wiring.specs()) {
      List<String> names = names(spec);
      if (names.size() > 1) {
        return "%s: %s are both called what becomes %s"
            .formatted(
                file,
                names.stream().limit(2).map(this::quoted).collect(Collectors.joining(" and ")),
                Quote.of(spec.name()));
      }
      if (names.isEmpty() && !LayerFit.isOptional(spec)) {
        return "%s: it holds %s of the network's %s parameters, but %s is missing"
            .formatted(
                file, found, wiring.specs().size(), quoted(naming.name().apply(spec.name())));
      }
      if (!names.isEmpty()) {
        StoredTensor tensor = part.tensors().get(names.getFirst());
        if (fit.match(fit.source(names.getFirst()), spec).isEmpty()) {
          return "%s: tensor %s expects %s, but has %s"
              .formatted(file, quoted(names.getFirst()), fit.expected(spec), sizes(tensor));
        }
      }
    }
    return surplus();
  }

  /** All is there, so a layer has more than the network's. */
  private String surplus() {
    for (List<ParameterSpec> layer : wiring.layers().values()) {
      List<String> ours = layer.stream().map(spec -> Names.role(spec.name())).toList();
      for (Map.Entry<String, List<String>> role : ByName.roles(part, naming, layer).entrySet()) {
        if (!ours.contains(role.getKey()) && !Label.FOLDED.contains(role.getKey())) {
          return "%s: it has %s, but the network's layer %s has no %s"
              .formatted(
                  file,
                  quoted(role.getValue().getFirst()),
                  Quote.of(Names.stem(layer.getFirst().name())),
                  role.getKey());
        }
      }
    }
    return stranger();
  }

  private String quoted(String name) {
    return Quote.of(part.full(name));
  }

  /** As a shape is written; one of a tensor may be 0. */
  private static String sizes(StoredTensor tensor) {
    List<String> sizes = tensor.dims().stream().map(String::valueOf).toList();
    return Quote.value("(" + String.join(", ", sizes) + ")");
  }
}
