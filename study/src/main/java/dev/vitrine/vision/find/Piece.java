package dev.vitrine.vision.find;

import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.photo.Labels;
import dev.vitrine.vision.photo.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Ink that belongs together: a connected component, a part of one, or several.
 *
 * @param box where it is
 * @param ink how much of it each pixel of the box has
 * @param area how many pixels have half or more
 * @param contrast how much darker these are than the paper, on average, 0 … 1
 * @param edge how many of these are on the border of the picture
 */
public record Piece(Box box, Ink ink, int area, double contrast, int edge) {
  /** How often the picture's pixels may lie in boxes of pieces, all in all. */
  private static final int MOST_COPIED = 5;

  /** Refuses {@code null}. */
  public Piece {
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(ink, "ink");
  }

  /**
   * {@return the connected components of a mask} What is copied of them is bounded: of a picture of
   * many long threads, whose boxes all lie on each other, those with least ink for their box are
   * left out.
   *
   * @param mask ink
   * @param leastArea smaller ones are left out
   */
  public static List<Piece> of(Mask mask, int leastArea) {
    Labels labels = Labels.of(mask.set(), mask.width(), mask.height());
    int count = labels.count();
    int[] left = new int[count];
    int[] top = new int[count];
    int[] right = new int[count];
    int[] bottom = new int[count];
    int[] area = new int[count];
    int[] edge = new int[count];
    double[] contrast = new double[count];
    Arrays.fill(left, mask.width());
    Arrays.fill(top, mask.height());
    for (int y = 0, i = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++, i++) {
        int label = labels.at(i);
        if (label >= 0) {
          left[label] = Math.min(left[label], x);
          right[label] = Math.max(right[label], x + 1);
          top[label] = Math.min(top[label], y);
          bottom[label] = y + 1;
          area[label]++;
          contrast[label] += mask.contrast().values()[i];
          boolean border = x == 0 || y == 0 || x == mask.width() - 1 || y == mask.height() - 1;
          edge[label] += border ? 1 : 0;
        }
      }
    }
    Box[] boxes = new Box[count];
    for (int label = 0; label < count; label++) {
      boxes[label] =
          new Box(left[label], top[label], right[label] - left[label], bottom[label] - top[label]);
    }
    boolean[] kept = kept(boxes, area, leastArea, (long) MOST_COPIED * mask.set().length);
    List<Piece> pieces = new ArrayList<>();
    for (int label = 0; label < count; label++) {
      if (kept[label]) {
        Box box = boxes[label];
        pieces.add(
            new Piece(
                box,
                ink(mask, labels, label, box),
                area[label],
                contrast[label] / area[label],
                edge[label]));
      }
    }
    return pieces;
  }

  /** Those that are large enough, the fullest boxes first, as long as there is room for them. */
  private static boolean[] kept(Box[] boxes, int[] area, int leastArea, long room) {
    Comparator<Integer> fullest =
        Comparator.comparingDouble(
            label -> -(double) area[label] / boxes[label].width() / boxes[label].height());
    List<Integer> order =
        IntStream.range(0, boxes.length)
            .filter(label -> area[label] >= leastArea)
            .boxed()
            .sorted(fullest)
            .toList();
    boolean[] kept = new boolean[boxes.length];
    long used = 0;
    for (int label : order) {
      long own = (long) boxes[label].width() * boxes[label].height();
      if (used + own <= room) {
        used += own;
        kept[label] = true;
      }
    }
    return kept;
  }

  /** With the fainter ink that borders on it, from which its edge is known between pixels. */
  private static Ink ink(Mask mask, Labels labels, int label, Box box) {
    float[] values = new float[box.width() * box.height()];
    for (int y = 0, i = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++, i++) {
        int pixel = (box.top() + y) * mask.width() + box.left() + x;
        if (labels.at(pixel) == label) {
          values[i] = Math.max(0.5f, mask.ink().values()[pixel]);
        } else if (labels.at(pixel) < 0) {
          values[i] = Math.min(0.49f, mask.ink().values()[pixel]);
        }
      }
    }
    return new Ink(box.width(), box.height(), values);
  }

  /** {@return whether it touches the border of the picture} */
  public boolean onEdge() {
    return edge > 0;
  }

  /**
   * {@return whether it lies along the border of the picture, as a desk, a finger or a shadow does:
   * a third of its length at least}
   */
  public boolean alongEdge() {
    return 3 * edge > box.longer();
  }

  /**
   * {@return pieces as one}
   *
   * @param pieces at least one
   */
  public static Piece joined(List<Piece> pieces) {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    Box box = pieces.stream().map(Piece::box).reduce(Box::around).orElseThrow();
    float[] values = new float[box.width() * box.height()];
    int area = 0;
    int edge = 0;
    double contrast = 0;
    for (Piece piece : pieces) {
      area += piece.area;
      edge += piece.edge;
      contrast += piece.contrast * piece.area;
      int x = piece.box.left() - box.left();
      int y = piece.box.top() - box.top();
      for (int row = 0; row < piece.box.height(); row++) {
        for (int column = 0; column < piece.box.width(); column++) {
          int to = (y + row) * box.width() + x + column;
          values[to] = Math.max(values[to], piece.ink.at(column, row));
        }
      }
    }
    return new Piece(box, new Ink(box.width(), box.height(), values), area, contrast / area, edge);
  }
}
