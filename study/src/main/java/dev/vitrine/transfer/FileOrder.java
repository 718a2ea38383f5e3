package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.tensor.Shape;
import dev.vitrine.transfer.Convention.Kind;
import java.util.List;
import java.util.Optional;

/**
 * In which order a file has axes that its sizes leave open: as somebody says, else as those of its
 * tensors whose sizes leave no doubt, else as usual, with a remark.
 */
final class FileOrder {
  private final List<Match> matches;
  private final Wiring wiring;
  private final Conventions conventions;
  private final boolean byColumns;
  private final List<String> remarks;

  /**
   * The order of a file.
   *
   * @param byColumns whether its program flattens by columns, as MATLAB does
   * @param remarks gets what was taken as usual
   */
  FileOrder(
      List<Match> matches,
      Wiring wiring,
      Conventions conventions,
      boolean byColumns,
      List<String> remarks) {
    this.matches = matches;
    this.wiring = wiring;
    this.conventions = conventions;
    this.byColumns = byColumns;
    this.remarks = remarks;
  }

  /** How a tensor's sizes become its parameter's. */
  Way way(Match match) {
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

  /** Only Theano's programs have both; what most of them wrote must be flipped. */
  void remarkOnFlip() {
    boolean filters = orders(false).equals(List.of(Optional.empty()));
    boolean matrices = orders(true).equals(List.of(Optional.of(Change.TRANSPOSED)));
    if (filters && matrices && conventions.of(Kind.FILTERS).isEmpty()) {
      remarks.add(
          "filters of O I H W beside matrices of (in, out) are Theano's custom, whose filters may have to be flipped: taken as they are");
    }
  }

  /** How the file flattens images. */
  Convention flattening(List<Way> ways) {
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

  /** Whether a flattened image is to be put in order: a filter as large as that is by itself. */
  boolean isFlattened(Way way, String name) {
    return !wiring.flattened(name).isEmpty() && !way.whole();
  }
}
