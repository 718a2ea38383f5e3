package dev.vitrine.vision.find;

import java.util.List;

/**
 * Pieces that stand in a line, from left to right.
 *
 * @param pieces in the order of their middles
 * @param height how high its digits usually are, in pixels
 * @param slope how many pixels it falls for each pixel to the right
 */
public record TextLine(List<Piece> pieces, double height, double slope) {
  /** Its own list. */
  public TextLine {
    pieces = List.copyOf(pieces);
  }

  /** {@return how dark its ink usually is: the mean contrast of its pixels} */
  public double contrast() {
    double sum = 0;
    double area = 0;
    for (Piece piece : pieces) {
      sum += piece.contrast() * piece.area();
      area += piece.area();
    }
    return sum / Math.max(1, area);
  }
}
