package dev.vitrine.transfer;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import dev.vitrine.transfer.Convention.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is done to each tensor, decided for the whole file as {@link FileOrder} has it and as
 * somebody says.
 */
final class Arrangement {
  private static final Set<Kind> NEVER_IDLE = EnumSet.of(Kind.MATRICES, Kind.SCOPE);

  private final List<Match> matches;
  private final Wiring wiring;
  private final Conventions conventions;
  private final FileOrder order;
  private final List<String> remarks = new ArrayList<>();

  /** What there is that conventions may be about. */
  private final Set<Kind> used = EnumSet.noneOf(Kind.class);

  /**
   * An arrangement of matched tensors.
   *
   * @param byColumns whether the file's program flattens by columns, as MATLAB does
   */
  Arrangement(List<Match> matches, Wiring wiring, Conventions conventions, boolean byColumns) {
    this.matches = matches;
    this.wiring = wiring;
    this.conventions = conventions;
    order = new FileOrder(matches, wiring, conventions, byColumns, remarks);
  }

  /** What was taken as usual, in mid-sentence. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** The moves, in the order of the matches. */
  List<Move> moves() {
    List<Way> ways = matches.stream().map(order::way).toList();
    order.remarkOnFlip();
    Convention flattening = order.flattening(ways);
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      moves.add(move(matches.get(i), ways.get(i), flattening));
    }
    if (isSplit()) {
      used.add(Kind.BIAS);
      if (conventions.of(Kind.BIAS).isEmpty()) {
        remarks.add(
            "whether the bias within a matrix comes first or last cannot be known: taken as first");
      }
    }
    if (matches.stream().anyMatch(match -> match.source().dims().isEmpty())) {
      used.addAll(Set.of(Kind.VECTOR, Kind.BIAS));
    }
    refuseIdle();
    return moves;
  }

  /** The conventions that are about what there is, once the moves are known. */
  Set<Convention> applicable() {
    Set<Convention> applicable = EnumSet.allOf(Convention.class);
    applicable.removeIf(each -> !used.contains(each.kind()));
    return applicable;
  }

  private boolean isSplit() {
    return matches.stream()
        .anyMatch(match ->
            match.source().cut().stream().anyMatch(step -> step.change() == Change.SPLIT)
                && !match.source().dims().isEmpty());
  }

  private Move move(Match match, Way way, Convention flattening) {
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
      if (wiring.readsColours(name)) {
        used.add(Kind.COLOURS);
        if (conventions.has(Convention.BGR)) {
          steps.add(
              Step.of(Change.COLOURS_REVERSED, values -> Rearranged.reversed(values, filters)));
        }
      }
      used.add(Kind.FILTERS);
      used.add(Kind.PICTURES);
    }
    if (order.isFlattened(way, name)) {
      int[] places = Flattened.order(wiring.flattened(name), flattening, mirrored);
      if (!Flattened.isSame(places)) {
        steps.add(
            new Step(
                Change.INPUTS_REORDERED,
                "inputs from %s%s".formatted(flattening.key(), mirrored ? ", transposed" : ""),
                values -> Rearranged.ordered(values, places)));
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
  private void refuseIdle() {
    for (Convention each : conventions.said()) {
      if (!NEVER_IDLE.contains(each.kind()) && !used.contains(each.kind())) {
        throw new UserException(
            "The layout %s is about what this file and network have not: leave it out"
                .formatted(each.key()));
      }
    }
  }
}
