package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * How the tensors of a file become the parameters of a network.
 *
 * <p>Names decide, those of Vitrine or of torchvision, with whatever stands before all of them left
 * out; else shapes, layer by layer. Where two layers have the same shapes and no number in a name
 * says which comes first, or two parts of the file fit, nothing is chosen: the error shows both.
 *
 * @param file the file
 * @param how what decided, in mid-sentence
 * @param moves where each tensor goes, in the order of the network's parameters
 * @param leftOver the places of the tensors that go nowhere
 */
public record Transfer(Path file, String how, List<Move> moves, List<String> leftOver) {
  /** What optimisers and normalisations keep beside the weights. */
  private static final String COUNTER = "num_batches_tracked";

  /** A transfer that moves something. */
  public Transfer {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(how, "how");
    moves = Move.alike(moves);
    leftOver = List.copyOf(leftOver);
  }

  /**
   * Finds out where the tensors go.
   *
   * @param weights what a file holds
   * @param name the network's name; that of the zoo tells what others call its parameters
   * @param model the network; not changed
   * @param key the place in the file below which to look; everywhere without it
   * @return what goes where
   * @throws UserException if the file does not fit the network, or more than one part of it does
   */
  public static Transfer of(Weights weights, String name, Model model, Optional<String> key) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(model, "model");
    List<Part> parts = Part.of(weights, key);
    List<Naming> namings = new ArrayList<>(List.of(Naming.VITRINE));
    if (Zoo.has(name)) {
      List<String> parameters = model.specs().stream().map(ParameterSpec::name).toList();
      namings.add(TorchvisionNames.of(name, model.network(), parameters));
    }
    Map<Set<StoredTensor>, Transfer> fits = new LinkedHashMap<>();
    Map<Set<StoredTensor>, String> places = new LinkedHashMap<>();
    for (Part part : parts) {
      for (Naming naming : namings) {
        byName(weights, part, naming, model)
            .ifPresent(fit -> {
              Set<StoredTensor> tensors = tensors(fit);
              fits.putIfAbsent(tensors, fit);
              places.putIfAbsent(tensors, part.place());
            });
      }
    }
    if (fits.isEmpty()) {
      for (Part part : parts) {
        ByShape.of(weights.file(), part, model)
            .ifPresent(fit -> {
              fits.putIfAbsent(tensors(fit), fit);
              places.putIfAbsent(tensors(fit), part.place());
            });
      }
    }
    return switch (fits.size()) {
      case 0 -> throw misfit(weights, parts, namings, model);
      case 1 -> fits.values().iterator().next();
      default -> throw several(weights, List.copyOf(places.values()));
    };
  }

  private static Set<StoredTensor> tensors(Transfer transfer) {
    Set<StoredTensor> tensors = new LinkedHashSet<>();
    transfer.moves().forEach(move -> tensors.add(move.tensor()));
    return tensors;
  }

  private static Optional<Transfer> byName(Weights weights, Part part, Naming naming, Model model) {
    List<Move> moves = new ArrayList<>();
    for (ParameterSpec spec : model.specs()) {
      String theirs = naming.name().apply(spec.name());
      StoredTensor tensor = part.tensors().get(theirs);
      Optional<Change> change =
          tensor == null ? Optional.empty() : Change.between(tensor.dims(), spec.shape());
      if (change.isEmpty()) {
        return Optional.empty();
      }
      moves.add(
          new Move(part.full(theirs), tensor, spec.name(), spec.shape(), change.orElseThrow()));
    }
    return Optional.of(new Transfer(weights.file(), naming.title(), moves, rest(part, moves)));
  }

  /** The places of a part's tensors that go nowhere. */
  static List<String> rest(Part part, List<Move> moves) {
    Set<String> moved = new LinkedHashSet<>();
    moves.forEach(move -> moved.add(move.from()));
    return part.tensors().keySet().stream()
        .filter(name -> !name.endsWith(COUNTER))
        .map(part::full)
        .filter(place -> !moved.contains(place))
        .toList();
  }

  private static UserException several(Weights weights, List<String> places) {
    return UserException.advising(
        "%s: %s fit the network"
            .formatted(
                Quote.place(weights.file().toString()),
                String.join(" and ", places.stream().map(Transfer::shown).toList())),
        "choose one with %s",
        "the place in the file");
  }

  /** As a shape is written; one of a tensor may be 0. */
  private static String sizes(StoredTensor tensor) {
    List<String> sizes = tensor.dims().stream().map(String::valueOf).toList();
    return Quote.value("(" + String.join(", ", sizes) + ")");
  }

  private static String shown(String place) {
    return place.isEmpty() ? "the whole file" : Quote.of(place);
  }

  /** Names the first parameter that the part with the most of them has not. */
  private static UserException misfit(
      Weights weights, List<Part> parts, List<Naming> namings, Model model) {
    String file = Quote.place(weights.file().toString());
    if (parts.isEmpty()) {
      return new UserException("%s: there is no tensor in it".formatted(file));
    }
    Part best = parts.getFirst();
    Naming called = namings.getFirst();
    long most = -1;
    for (Part part : parts) {
      for (Naming naming : namings) {
        long found =
            model.specs().stream()
                .filter(spec -> part.tensors().containsKey(naming.name().apply(spec.name())))
                .count();
        if (found > most) {
          most = found;
          best = part;
          called = naming;
        }
      }
    }
    if (most == 0) {
      return new UserException(
          "%s: its tensors do not fit the network by name or shape: the network's first is %s of %s, the file's %s of %s"
              .formatted(
                  file,
                  Quote.of(model.specs().getFirst().name()),
                  model.specs().getFirst().shape(),
                  Quote.of(best.tensors().firstEntry().getKey()),
                  sizes(best.tensors().firstEntry().getValue())));
    }
    for (ParameterSpec spec : model.specs()) {
      String theirs = called.name().apply(spec.name());
      StoredTensor tensor = best.tensors().get(theirs);
      if (tensor == null) {
        return new UserException(
            "%s: it holds %s of the network's %s parameters, but %s is missing"
                .formatted(file, most, model.specs().size(), Quote.of(best.full(theirs))));
      }
      if (Change.between(tensor.dims(), spec.shape()).isEmpty()) {
        return new UserException(
            "%s: tensor %s expects %s, but has %s"
                .formatted(file, Quote.of(best.full(theirs)), spec.shape(), sizes(tensor)));
      }
    }
    throw new IllegalStateException("a part that has all parameters fits");
  }

  /**
   * Overwrites the network's numbers.
   *
   * @param model the network that this was made for
   */
  public void into(Model model) {
    moves.forEach(move -> model.parameters().set(move.to(), move.values()));
  }

  /** {@return the tensors by the parameters that they become} */
  public SequencedMap<String, String> renamed() {
    var renamed = new LinkedHashMap<String, String>();
    moves.forEach(move -> renamed.put(move.to(), move.from()));
    return renamed;
  }
}
