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
}
