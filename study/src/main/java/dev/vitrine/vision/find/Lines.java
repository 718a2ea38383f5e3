package dev.vitrine.vision.find;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds the lines that pieces stand in. From left to right each piece that is as large as a digit
 * goes to the line whose last pieces, prolonged to it, share most of its rows, or begins one; so
 * lines may climb, fall and bend. Small pieces then go to the line that they are next to.
 *
 * @param lines from top to bottom
 * @param rejected pieces that stand in none
 */
public record Lines(List<TextLine> lines, List<Rejected> rejected) {
  /** Of the usual height: what begins a line, and what one is at most. */
  private static final double LEAST = 0.45;

  static final double MOST = 2.6;

  /** Of the lower of two pieces: rows that they share. */
  private static final double SHARED = 0.35;

  /** Of the height: how far a small piece is from a line at most. */
  private static final double NEAR = 0.45;

  /** Of the height: what is smaller is dirt or a dot. */
  private static final double DIRT = 0.09;

  private static final int LAST = 4;
  private static final double STEEPEST = 0.4;

  /** Their own lists. */
  public Lines {
    lines = List.copyOf(lines);
    rejected = List.copyOf(rejected);
  }

  /**
   * {@return the lines}
   *
   * @param pieces in any order
   * @param height how high digits usually are, in pixels
   */
  public static Lines of(List<Piece> pieces, double height) {
    List<Rejected> rejected = new ArrayList<>();
    List<Piece> possible = new ArrayList<>();
    for (Piece piece : pieces) {
      Optional<String> reason = reason(piece, height);
      reason.ifPresent(why -> rejected.add(new Rejected(piece, why)));
      if (reason.isEmpty()) {
        possible.add(piece);
      }
    }
    List<Cluster> large = new ArrayList<>();
    List<Cluster> small = new ArrayList<>();
    for (Cluster cluster : Cluster.of(possible, height)) {
      (cluster.box().height() >= LEAST * height ? large : small).add(cluster);
    }
    large.sort(Comparator.comparingDouble(cluster -> cluster.box().middleX()));
    List<Growing> growing = new ArrayList<>();
    for (Cluster cluster : large) {
      place(cluster, growing, height);
    }
    for (Cluster cluster : small) {
      if (!attach(cluster, growing, height)) {
        cluster
            .pieces()
            .forEach(piece ->
                rejected.add(
                    new Rejected(piece, "it is smaller than the digits and stands in no line")));
      }
    }
    List<TextLine> lines = growing.stream().map(Growing::line).toList();
    return new Lines(inOrder(lines), rejected);
  }

  private static Optional<String> reason(Piece piece, double height) {
    if (piece.alongEdge()) {
      return Optional.of("it lies along the edge of the picture");
    }
    if (piece.box().height() > MOST * height) {
      return Optional.of("it is much higher than the digits");
    }
    if (Words.isWord(piece)) {
      return Optional.of("more strokes stand side by side than in digits: a word or a scribble");
    }
    return piece.box().longer() < Math.max(2, DIRT * height)
        ? Optional.of("it is too small: a dot or dirt")
        : Optional.empty();
  }

  private static void place(Cluster piece, List<Growing> growing, double height) {
    Growing best = null;
    double most = SHARED;
    for (Growing line : growing) {
      double shared = line.shared(piece.box(), height);
      if (shared > most) {
        most = shared;
        best = line;
      }
    }
    if (best == null) {
      best = new Growing();
      growing.add(best);
    }
    best.large.add(piece);
  }

  private static boolean attach(Cluster piece, List<Growing> growing, double height) {
    Growing best = null;
    double least = NEAR * height;
    for (Growing line : growing) {
      for (Cluster member : line.large) {
        double gap = member.box().gap(piece.box());
        if (gap < least || (best == null && gap <= least)) {
          least = gap;
          best = line;
        }
      }
    }
    if (best == null) {
      return false;
    }
    best.small.add(piece);
    return true;
  }

  /** From top to bottom, as seen along the usual slope. */
  private static List<TextLine> inOrder(List<TextLine> lines) {
    double slope = slope(lines).orElse(0);
    return lines.stream()
        .sorted(
            Comparator.comparingDouble(line ->
                line.pieces().stream()
                    .mapToDouble(p -> p.box().middleY() - slope * p.box().middleX())
                    .average()
                    .orElse(0)))
        .toList();
  }

  /**
   * {@return the slope of most lines, weighted by their pieces; none if no line has two}
   *
   * @param lines any number
   */
  public static OptionalDouble slope(List<TextLine> lines) {
    double sum = 0;
    double weight = 0;
    for (TextLine line : lines) {
      if (line.pieces().size() > 1) {
        sum += line.slope() * (line.pieces().size() - 1);
        weight += line.pieces().size() - 1;
      }
    }
    return weight == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weight);
  }

  /** A line while pieces are added. */
  private static final class Growing {
    private final List<Cluster> large = new ArrayList<>();
    private final List<Cluster> small = new ArrayList<>();

    /** How much of the lower of both, the box and the line's end, is common. */
    double shared(Box box, double height) {
      Box last = large.getLast().box();
      int count = Math.min(LAST, large.size());
      Box first = large.get(large.size() - count).box();
      double run = last.middleX() - first.middleX();
      double slope =
          count < 3 || run < height
              ? 0
              : Math.clamp((last.middleY() - first.middleY()) / run, -STEEPEST, STEEPEST);
      double reach = Math.min(box.middleX() - last.middleX(), 3 * height);
      Box moved =
          new Box(
              last.left(),
              last.top() + (int) Math.round(slope * reach),
              last.width(),
              last.height());
      double common = Math.max(box.commonRows(moved), box.commonRows(last));
      return common / Math.min(box.height(), last.height());
    }

    TextLine line() {
      List<Piece> all = new ArrayList<>();
      large.forEach(cluster -> all.addAll(cluster.pieces()));
      small.forEach(cluster -> all.addAll(cluster.pieces()));
      all.sort(Comparator.comparingDouble(piece -> piece.box().middleX()));
      double[] heights = large.stream().mapToDouble(p -> p.box().height()).sorted().toArray();
      return new TextLine(all, heights[heights.length / 2], fitted());
    }

    /** By least squares through the middles. */
    private double fitted() {
      double meanX = large.stream().mapToDouble(p -> p.box().middleX()).average().orElse(0);
      double meanY = large.stream().mapToDouble(p -> p.box().middleY()).average().orElse(0);
      double both = 0;
      double square = 0;
      for (Cluster piece : large) {
        double x = piece.box().middleX() - meanX;
        both += x * (piece.box().middleY() - meanY);
        square += x * x;
      }
      return square == 0 ? 0 : Math.clamp(both / square, -1.0, 1.0);
    }
  }
}
