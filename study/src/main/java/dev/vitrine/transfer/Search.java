package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Looks through the parts of a file for the one that fits a network. */
final class Search {
  private final Weights weights;
  private final Wiring wiring;
  private final Conventions conventions;
  private final List<Part> parts;
  private final List<Naming> namings;
  private final Others others;
  private final List<String> open = new ArrayList<>();

  private Search(
      Weights weights,
      Wiring wiring,
      Conventions conventions,
      List<Part> parts,
      List<Naming> namings,
      Others others) {
    this.weights = weights;
    this.wiring = wiring;
    this.conventions = conventions;
    this.parts = parts;
    this.namings = namings;
    this.others = others;
  }

  static Transfer of(
      Weights weights,
      String name,
      Layer network,
      Shape input,
      Optional<String> key,
      Conventions conventions,
      Others others) {
    Search search = of(weights, name, network, input, Part.of(weights, key), conventions, others);
    return search.transfer(search.found());
  }

  /** What of some parts of a file fits a network, if one thing does. */
  static Optional<Transfer> fitting(Weights weights, NetworkSpec spec, List<Part> parts) {
    Search search =
        of(
            weights,
            spec.name(),
            spec.layers(),
            spec.input(),
            parts,
            Conventions.NONE,
            Optional::empty);
    Collection<Found> fits = search.fits().values();
    return fits.size() == 1
        ? Optional.of(search.transfer(fits.iterator().next()))
        : Optional.empty();
  }

  private static Search of(
      Weights weights,
      String name,
      Layer network,
      Shape input,
      List<Part> parts,
      Conventions conventions,
      Others others) {
    Wiring wiring = Wiring.of(network, input);
    List<Naming> namings = new ArrayList<>(List.of(Naming.VITRINE, Naming.BODILESS));
    if (Zoo.has(name)) {
      List<String> parameters = wiring.specs().stream().map(ParameterSpec::name).toList();
      namings.add(TorchvisionNames.of(name, network, parameters));
      CaffeNames.of(name).ifPresent(namings::add);
      namings.addAll(ResNetNames.of(name));
    }
    return new Search(weights, wiring, conventions, parts, namings, others);
  }

  private Transfer transfer(Found found) {
    return Transfer.of(weights, wiring, conventions, found, parts.getFirst(), others);
  }

  /** MATLAB and Octave flatten column by column. */
  static boolean isByColumns(Weights weights) {
    return weights.format().startsWith("MATLAB") || weights.format().startsWith("Octave");
  }

  private Found found() {
    Map<Set<StoredTensor>, Found> fits = fits();
    return switch (fits.size()) {
      case 0 -> throw misfit();
      case 1 -> fits.values().iterator().next();
      default -> throw several(fits.values().stream().map(fit -> fit.part().place()).toList());
    };
  }

  /** All parts that fit, by the tensors that they take. */
  private Map<Set<StoredTensor>, Found> fits() {
    Map<Set<StoredTensor>, Found> fits = new LinkedHashMap<>();
    for (Part part : parts) {
      for (Naming naming : namings) {
        enter(fits, ByName.of(part, naming, wiring, conventions));
      }
    }
    if (fits.isEmpty()) {
      parts.forEach(part -> enter(fits, byShape(part)));
    }
    return fits;
  }

  private static void enter(Map<Set<StoredTensor>, Found> fits, Optional<Found> fit) {
    fit.ifPresent(found -> fits.putIfAbsent(found.tensors(), found));
  }

  private Optional<Found> byShape(Part part) {
    ByShape.Answer answer = ByShape.of(part, wiring, conventions);
    answer.open().filter(why -> !open.contains(why)).ifPresent(open::add);
    return answer
        .found()
        .or(() -> ByPosition.of(part, wiring, conventions))
        .or(() -> ByPosition.ofShapes(part, wiring, conventions))
        .or(() -> ByPosition.ofVector(part, wiring, conventions, isByColumns(weights)));
  }

  private UserException several(List<String> places) {
    return UserException.advising(
        "%s: %s fit the network"
            .formatted(
                Quote.place(weights.file().toString()),
                String.join(" and ", places.stream().map(Search::shown).toList())),
        "choose one with %s",
        "the place in the file");
  }

  private static String shown(String place) {
    return place.isEmpty() ? "the whole file" : Quote.of(place);
  }

  private UserException misfit() {
    String file = Quote.place(weights.file().toString());
    Optional<Integer> fewer = fewerClasses();
    if (fewer.isPresent()) {
      return UserException.advising(
          "%s: its last layer has %s outputs, but the network's has %s"
              .formatted(file, fewer.orElseThrow(), wiring.outputs()),
          "say with %s which class each stands for, or take a network of as many classes",
          "the file's classes");
    }
    String why =
        open.isEmpty()
            ? Misfit.of(file, parts, namings, wiring, conventions)
            : "%s: %s".formatted(file, open.getFirst());
    return new UserException(why + others.fitting().map(it -> ": it fits " + it).orElse(""));
  }

  /** How many outputs the file has, if it would fit with fewer than the network's. */
  private Optional<Integer> fewerClasses() {
    if (!conventions.classes().isEmpty() || parts.isEmpty()) {
      return Optional.empty();
    }
    return parts.getFirst().tensors().values().stream()
        .map(StoredTensor::elements)
        .filter(size -> size > 0 && size < wiring.outputs())
        .distinct()
        .map(Math::toIntExact)
        .filter(size -> fits(IntStream.range(0, size).boxed().toList()))
        .findFirst();
  }

  private boolean fits(List<Integer> classes) {
    Search other =
        new Search(weights, wiring, conventions.classes(classes), parts, namings, others);
    return other.fits().size() == 1;
  }
}
