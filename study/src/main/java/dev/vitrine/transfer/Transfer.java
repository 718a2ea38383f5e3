package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * How the tensors of a file become the parameters of a network.
 *
 * <p>Names decide, those of Vitrine or of torchvision, with whatever stands before all of them left
 * out; else shapes, layer by layer. Where neither says which tensor is which, or two parts of the
 * file fit, nothing is chosen: the error shows both. What no file says of its numbers' order is
 * taken as usual and remarked on, unless {@link Conventions} say it.
 *
 * @param file the file
 * @param how what decided, in mid-sentence
 * @param conventions what somebody said of the file
 * @param moves where each tensor goes, in the order of the network's parameters
 * @param missing the parameters that the file has no tensor for: scales of 1 and shifts of 0
 * @param leftOver the places of the tensors that go nowhere
 * @param remarks what could not be known and was taken as usual, in mid-sentence
 * @param applicable the conventions that are about what this file has, said or not
 */
public record Transfer(
    Path file,
    String how,
    Conventions conventions,
    List<Move> moves,
    List<String> missing,
    List<String> leftOver,
    List<String> remarks,
    Set<Convention> applicable) {
  /** What PyTorch's normalisations count beside the weights. */
  private static final String COUNTER = "num_batches_tracked";

  /** A transfer, with its own copies of the lists. */
  public Transfer {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(how, "how");
    Objects.requireNonNull(conventions, "conventions");
    moves = List.copyOf(moves);
    missing = List.copyOf(missing);
    leftOver = List.copyOf(leftOver);
    remarks = List.copyOf(remarks);
    applicable = Set.copyOf(applicable);
  }

  /**
   * Finds out where the tensors go, as the file itself and custom tell.
   *
   * @param weights what a file holds
   * @param name the network's name; that of the zoo tells what others call its parameters
   * @param model the network; not changed
   * @param key the place in the file below which to look; everywhere without it
   * @return what goes where
   * @throws UserException if the file does not fit the network, or more than one part of it does
   */
  public static Transfer of(Weights weights, String name, Model model, Optional<String> key) {
    return of(weights, name, model, key, Conventions.NONE);
  }

  /**
   * Finds out where the tensors go.
   *
   * @param weights what a file holds
   * @param name the network's name; that of the zoo tells what others call its parameters
   * @param model the network; not changed
   * @param key the place in the file below which to look; everywhere without it
   * @param conventions what somebody says of how the file's numbers lie
   * @return what goes where
   * @throws UserException if the file does not fit the network, or more than one part of it does,
   *     or the conventions are about what it has not
   */
  public static Transfer of(
      Weights weights, String name, Model model, Optional<String> key, Conventions conventions) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(conventions, "conventions");
    return Search.of(
        weights,
        name,
        model.network(),
        model.input(),
        key,
        conventions,
        Others.than(name, weights, key));
  }

  /**
   * Finds out where the tensors go, by names and sizes alone: no number is read or allocated.
   *
   * @param weights what a file holds
   * @param spec the network
   * @param key the place in the file below which to look; everywhere without it
   * @param conventions what somebody says of how the file's numbers lie
   * @return what goes where
   * @throws UserException as {@link #of(Weights, String, Model, Optional, Conventions)}
   */
  public static Transfer of(
      Weights weights, NetworkSpec spec, Optional<String> key, Conventions conventions) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(conventions, "conventions");
    return Search.of(
        weights,
        spec.name(),
        spec.layers(),
        spec.input(),
        key,
        conventions,
        Others.than(spec.name(), weights, key));
  }

  /**
   * The transfer of what was found.
   *
   * @param scope all tensors that were looked at
   * @param others whose the file is perhaps
   */
  static Transfer of(
      Weights weights,
      Wiring wiring,
      Conventions conventions,
      Found found,
      Part scope,
      Others others) {
    Arrangement arrangement =
        new Arrangement(found.matches(), wiring, conventions, Search.isByColumns(weights));
    List<Move> moves = arrangement.moves();
    List<String> remarks = new ArrayList<>(found.remarks());
    remarks.addAll(arrangement.remarks());
    Set<String> used = new HashSet<>(found.beside());
    moves.forEach(move -> used.add(move.from()));
    List<String> rest =
        scope.tensors().entrySet().stream()
            .filter(entry -> entry.getValue().elements() > 0 && !entry.getKey().endsWith(COUNTER))
            .map(entry -> scope.full(entry.getKey()))
            .filter(place -> !used.contains(place))
            .toList();
    if (!conventions.has(Convention.PART)) {
      Surplus.refuse(weights.file(), found, used, others);
    }
    if (!rest.isEmpty()) {
      remarks.add(
          "%s of the file's tensors %s nowhere, such as %s"
              .formatted(rest.size(), rest.size() == 1 ? "goes" : "go", Quote.of(rest.getFirst())));
    }
    return new Transfer(
        weights.file(),
        found.how(),
        conventions,
        moves,
        found.missing().stream().map(ParameterSpec::name).toList(),
        rest,
        remarks,
        arrangement.applicable());
  }

  /**
   * Overwrites the network's numbers.
   *
   * @param model the network that this was made for
   */
  public void into(Model model) {
    moves.forEach(move -> move.into(model.parameters()));
    for (ParameterSpec spec : model.specs()) {
      if (missing.contains(spec.name())) {
        float[] start = new float[spec.shape().elements()];
        Arrays.fill(start, spec.role() == ParameterSpec.Role.SCALE ? 1 : 0);
        model.parameters().set(spec.name(), start);
      }
    }
  }

  /** {@return the tensors by the parameters that they become} */
  public SequencedMap<String, String> renamed() {
    var renamed = new LinkedHashMap<String, String>();
    moves.forEach(move -> renamed.put(move.to(), move.from()));
    return renamed;
  }
}
