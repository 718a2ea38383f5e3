package dev.vitrine.vision.find;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Pieces so near to each other that they stand in one line: a digit and what broke off it.
 *
 * @param box around all
 * @param pieces at least one
 */
record Cluster(Box box, List<Piece> pieces) {
  /** In parts of the usual height: what is lower is a fragment. */
  private static final double FRAGMENT = 0.75;

  private static final double NEAR = 0.16;
  private static final double HIGHEST = 1.35;
  private static final double WIDEST = 1.6;

  Cluster {
    pieces = List.copyOf(pieces);
  }

  /**
   * {@return pieces with the fragments beside them}
   *
   * @param pieces in any order
   * @param height how high digits usually are
   */
  static List<Cluster> of(List<Piece> pieces, double height) {
    List<Cluster> clusters = new ArrayList<>();
    pieces.forEach(piece -> clusters.add(new Cluster(piece.box(), List.of(piece))));
    clusters.sort(Comparator.comparingInt(cluster -> cluster.box.longer()));
    for (int i = 0; i < clusters.size(); i++) {
      Cluster fragment = clusters.get(i);
      if (fragment.box.height() < FRAGMENT * height) {
        int target = target(clusters, i, height);
        if (target >= 0) {
          clusters.set(target, clusters.get(target).with(fragment));
          clusters.remove(i--);
        }
      }
    }
    return clusters;
  }

  private static int target(List<Cluster> clusters, int own, double height) {
    Box box = clusters.get(own).box;
    int best = -1;
    double least = NEAR * height;
    for (int i = 0; i < clusters.size(); i++) {
      Box other = clusters.get(i).box;
      Box both = box.around(other);
      boolean fits =
          both.height() <= HIGHEST * Math.max(height, other.height())
              && both.width() <= Math.max(WIDEST * height, other.width() + NEAR * height);
      // What lies above or below goes before what lies beside.
      double away = box.gap(other) + (box.commonColumns(other) == 0 ? 1 : 0);
      if (i != own && fits && away <= least) {
        least = away;
        best = i;
      }
    }
    return best;
  }

  private Cluster with(Cluster other) {
    List<Piece> all = new ArrayList<>(pieces);
    all.addAll(other.pieces);
    return new Cluster(box.around(other.box), all);
  }
}
