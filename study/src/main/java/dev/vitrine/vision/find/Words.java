package dev.vitrine.vision.find;

import dev.vitrine.vision.cut.Ink;
import java.util.Objects;

/**
 * Tells a word that hangs together, or a scribble, from digits that touch: more strokes stand side
 * by side in it than digits of its height have. A row of a digit goes through two strokes, a column
 * through three; touching digits, or digits on a rule, have so many for each of them.
 */
public final class Words {
  private static final float HALF = 0.5f;

  /** Of its other side: the least that one digit takes, in rows and in columns. */
  private static final double NARROW = 0.5;

  private static final double LOW = 1;
  private static final int STROKES_OF_ROWS = 2;
  private static final int STROKES_OF_COLUMNS = 3;

  /** Of its rows or columns: how many have more strokes. */
  private static final double SEVERAL = 0.15;

  private Words() {}

  /**
   * {@return whether it is a word or a scribble, upright or on its side}
   *
   * @param piece that hangs together
   */
  public static boolean isWord(Piece piece) {
    Objects.requireNonNull(piece, "piece");
    double wide = piece.box().width();
    double tall = piece.box().height();
    int across = 1 + STROKES_OF_ROWS * (int) Math.ceil(wide / tall / NARROW);
    int down = 1 + STROKES_OF_COLUMNS * (int) Math.ceil(tall / wide / LOW);
    return isDense(piece.ink(), across, false) || isDense(piece.ink(), down, true);
  }

  /** Whether several rows, or columns, go through more strokes than so many. */
  private static boolean isDense(Ink ink, int most, boolean columns) {
    int lines = columns ? ink.width() : ink.height();
    int length = columns ? ink.height() : ink.width();
    if (length < 2 * most) {
      return false;
    }
    int dense = 0;
    for (int line = 0; line < lines; line++) {
      int strokes = 0;
      boolean before = false;
      for (int i = 0; i < length; i++) {
        boolean here = (columns ? ink.at(line, i) : ink.at(i, line)) >= HALF;
        strokes += here && !before ? 1 : 0;
        before = here;
      }
      dense += strokes > most ? 1 : 0;
    }
    return dense >= SEVERAL * lines;
  }
}
