package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import dev.vitrine.transfer.Convention.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done to each tensor, decided for the whole file: by what somebody says, else by what its
 * sizes leave no doubt of, else as usual, with a remark.
 */
final class Arrangement {
  private final List<Match> matches;
  private final Wiring wiring;
  private final Conventions conventions;
  private final boolean byColumns;
  private final List<String> remarks = new ArrayList<>();

  /**
   * An arrangement of matched tensors.
   *
   * @param byColumns whether the file's program flattens by columns, as MATLAB does
   */
  Arrangement(List<Match> matches, Wiring wiring, Conventions conventions, boolean byColumns) {
    this.matches = matches;
    this.wiring = wiring;
    this.conventions = conventions;
    this.byColumns = byColumns;
  }

  /** What was taken as usual, in mid-sentence. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** The moves, in the order of the matches. */
  List<Move> moves() {
    List<Way> ways = matches.stream().map(this::way).toList();
    Convention flattening = flattening(ways);
    Set<Kind> used = new HashSet<>();
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      moves.add(move(matches.get(i), ways.get(i), flattening, used));
    }
    if (isSplit()) {
      used.add(Kind.BIAS);
      if (conventions.of(Kind.BIAS).isEmpty()) {
        remarks.add(
            "whether the bias within a matrix comes first or last cannot be known: taken as first");
      }
    }
    refuseIdle(used);
    return moves;
  }

  private boolean isSplit() {
    return matches.stream()
        .anyMatch(match ->
            match.source().cut().stream().anyMatch(step -> step.change() == Change.SPLIT)
                && !match.source().dims().isEmpty());
  }

  private Way way(Match match) {
    List<Way> ways = match.ways();
    if (!match.isOpen()) {
      return ways.getFirst();
    }
    boolean matrix = match.spec().shape().rank() == 2;
    Optional<Convention> said = matrix ? conventions.of(Kind.MATRICES) : Optional.empty();
    if (said.isPresent()) {
      return said.orElseThrow() == Convention.IN_OUT ? ways.getLast() : ways.getFirst();
    }
    List<Way> decided = decided(matrix);
    List<Optional<Change>> orders = decided.stream().map(Way::order).distinct().toList();
    if (orders.size() == 1) {
      return ways.stream()
          .filter(way -> way.order().equals(orders.getFirst()))
          .findFirst()
          .orElse(ways.getFirst());
    }
    boolean tensorFlow = !byColumns && orders(false).equals(List.of(Optional.of(Change.FROM_HWIO)));
    if (match.source().isKernel() || (matrix && tensorFlow)) {
      return ways.getLast();
    }
    if (!match.source().isWeight()) {
      remarks.add(
          "%s has sizes of which it cannot be known whether its outputs come first: taken as they are"
              .formatted(Quote.of(match.source().place())));
    }
    return ways.getFirst();
  }

  /** The ways of matrices, or of filters, that sizes alone decide. */
  private List<Way> decided(boolean matrices) {
    return matches.stream()
        .filter(match -> !match.isOpen())
        .filter(match ->
            match.source().dims().size() == (matrices ? 2 : 4)
                && match.spec().shape().rank() == (matrices ? 2 : 4))
        .map(match -> match.ways().getFirst())
        .toList();
  }

  private List<Optional<Change>> orders(boolean matrices) {
    return decided(matrices).stream().map(Way::order).distinct().toList();
  }

  /** How the file flattens images. */
  private Convention flattening(List<Way> ways) {
    Optional<Convention> said = conventions.of(Kind.FLATTENING);
    if (said.isPresent()) {
      return said.orElseThrow();
    }
    List<Optional<Change>> orders =
        ways.stream().filter(Way::ordered).map(Way::order).distinct().toList();
    if (orders.size() == 1) {
      boolean first = orders.getFirst().isEmpty();
      if (first && !byColumns) {
        return Convention.CHW;
      }
      if (!first) {
        return byColumns ? Convention.CWH : Convention.HWC;
      }
    }
    boolean keras = !byColumns && matches.stream().map(Match::source).anyMatch(Source::isKernel);
    Convention usual = keras ? Convention.HWC : Convention.CHW;
    for (int i = 0; i < matches.size(); i++) {
      String name = matches.get(i).spec().name();
      if (isFlattened(ways.get(i), name)
          && wiring.flattened(name).stream().anyMatch(this::matters)) {
        remarks.add(
            "nothing in the file says how the image before %s is flattened: taken as %s"
                .formatted(Quote.of(Names.stem(name)), usual.key()));
        break;
      }
    }
    return usual;
  }

  /** Whether an image lies otherwise in some usual order. */
  private boolean matters(Shape piece) {
    if (piece.rank() != 3) {
      return false;
    }
    int positions = piece.size(1) * piece.size(2);
    boolean both = piece.size(1) > 1 && piece.size(2) > 1;
    return (piece.size(0) > 1 && positions > 1) || (byColumns && both);
  }

  /** A filter as large as its image is turned by itself. */
  private boolean isFlattened(Way way, String name) {
    return !wiring.flattened(name).isEmpty() && !way.whole();
  }

  private Move move(Match match, Way way, Convention flattening, Set<Kind> used) {
    String name = match.spec().name();
    Shape real = match.spec().shape();
    List<Step> steps = new ArrayList<>(match.source().cut());
    steps.addAll(way.steps());
    if (match.isOpen()) {
      used.add(Kind.MATRICES);
    }
    boolean mirrored = conventions.has(Convention.TRANSPOSED);
    if (wiring.isFilter(name)) {
      Shape filters = real;
      if (mirrored) {
        steps.add(
            Step.of(Change.PICTURES_TRANSPOSED, values -> Rearranged.mirrored(values, filters)));
      }
      if (conventions.has(Convention.FLIP)) {
        steps.add(Step.of(Change.FLIPPED, values -> Rearranged.flipped(values, filters)));
      }
      used.add(Kind.FILTERS);
      used.add(Kind.PICTURES);
    }
    if (isFlattened(way, name)) {
      int[] order = Flattened.order(wiring.flattened(name), flattening, mirrored);
      if (!Flattened.isSame(order)) {
        steps.add(
            new Step(
                Change.INPUTS_REORDERED,
                "inputs from %s%s".formatted(flattening.key(), mirrored ? ", transposed" : ""),
                values -> Rearranged.ordered(values, order)));
      }
      used.add(Kind.FLATTENING);
      used.add(Kind.PICTURES);
    }
    if (!conventions.classes().isEmpty() && wiring.isOfOutput(name)) {
      steps.add(classes(real.size(0)));
    }
    return new Move(match.source().place(), match.source().tensor(), name, real, steps);
  }

  private Step classes(int rows) {
    List<Integer> places = conventions.classes();
    places.stream()
        .filter(place -> place >= rows)
        .findFirst()
        .ifPresent(place -> {
          throw new UserException(
              "The file's classes are said to include %s, but the network has %s, from 0"
                  .formatted(place, rows));
        });
    int missing = rows - places.size();
    String zero = missing == 0 ? "" : ", %s missing with output 0".formatted(missing);
    return new Step(
        Change.CLASSES,
        Change.CLASSES.words() + zero,
        values -> Rearranged.spread(values, places, rows));
  }

  /** What says nothing of a file was meant for another. */
  private void refuseIdle(Set<Kind> used) {
    for (Convention each : conventions.said()) {
      boolean vector = matches.stream().anyMatch(match -> match.source().dims().isEmpty());
      boolean idle =
          switch (each.kind()) {
            case VECTOR -> !vector;
            case BIAS -> !used.contains(Kind.BIAS) && !vector;
            case MATRICES -> false;
            case FILTERS, PICTURES, FLATTENING -> !used.contains(each.kind());
          };
      if (idle) {
        throw new UserException(
            "The layout %s is about what this file and network have not: leave it out"
                .formatted(each.key()));
      }
    }
  }
}
