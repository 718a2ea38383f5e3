package dev.vitrine.image;

/**
 * A straight frame of one level around a sheet, as the black edge of a scan. It is one if, on all
 * four sides, a sheet of one other level begins behind it, which is that of most of the sheet, and
 * if the sheet is half as wide and half as high as the picture at least: a ring that somebody drew
 * is no sheet.
 */
final class Frame {
  /** How far the levels of a line may be from its own. */
  private static final int ALIKE = 24;

  /** How far the sheet is from the frame at least. */
  private static final int LEAST = 56;

  /** Percent of a line's pixels that must be alike. */
  private static final int NEARLY_ALL = 95;

  /** Percent of a sheet that must be of the level of its border. */
  private static final int MOST = 60;

  /** The least side of a sheet. */
  private static final int SIDE = 8;

  /** Pictures of more than twice this side were reduced, or are blurred at edges. */
  private static final int SHARP = 28;

  private final Raster grey;
  private int left;
  private int top;
  private int right;
  private int bottom;

  private Frame(Raster grey) {
    this.grey = grey;
    right = grey.width() - 1;
    bottom = grey.height() - 1;
  }

  /** What a frame encloses; the picture itself if there is none. */
  static Raster sheet(Raster picture, Raster grey) {
    var frame = new Frame(grey);
    return frame.enclosesSheet()
        ? Parts.rectangle(
            picture,
            frame.left,
            frame.top,
            frame.right - frame.left + 1,
            frame.bottom - frame.top + 1)
        : picture;
  }

  private boolean enclosesSheet() {
    int level = border();
    if (!isBorder(level)) {
      return false;
    }
    shrink(level);
    if (left == 0 || top == 0 || right == grey.width() - 1 || bottom == grey.height() - 1) {
      return false;
    }
    int blurred = Math.min(grey.width(), grey.height()) > 2 * SHARP ? 2 : 1;
    left += blurred;
    top += blurred;
    right -= blurred;
    bottom -= blurred;
    int width = right - left + 1;
    int height = bottom - top + 1;
    if (width < Math.max(SIDE, grey.width() / 2) || height < Math.max(SIDE, grey.height() / 2)) {
      return false;
    }
    int sheet = border();
    return Math.abs(sheet - level) >= LEAST && isBorder(sheet) && isGround(sheet);
  }

  /** Goes in from all sides while lines are of the frame's level. */
  private void shrink(int level) {
    while (left < right && isColumn(left, level)) {
      left++;
    }
    while (left < right && isColumn(right, level)) {
      right--;
    }
    while (top < bottom && isRow(top, level)) {
      top++;
    }
    while (top < bottom && isRow(bottom, level)) {
      bottom--;
    }
  }

  private boolean isBorder(int level) {
    return isRow(top, level)
        && isRow(bottom, level)
        && isColumn(left, level)
        && isColumn(right, level);
  }

  private boolean isGround(int level) {
    long alike = 0;
    for (int y = top; y <= bottom; y++) {
      alike += inRow(y, level);
    }
    return 100 * alike >= MOST * (long) (right - left + 1) * (bottom - top + 1);
  }

  /** The median of the border's levels. */
  private int border() {
    Levels levels = new Levels();
    for (int x = left; x <= right; x++) {
      levels.add(grey.get(x, top, 0));
      levels.add(grey.get(x, bottom, 0));
    }
    for (int y = top; y <= bottom; y++) {
      levels.add(grey.get(left, y, 0));
      levels.add(grey.get(right, y, 0));
    }
    return levels.percentile(50);
  }

  private int inRow(int y, int level) {
    int alike = 0;
    for (int x = left; x <= right; x++) {
      alike += Math.abs(grey.get(x, y, 0) - level) <= ALIKE ? 1 : 0;
    }
    return alike;
  }

  private boolean isRow(int y, int level) {
    return 100 * inRow(y, level) >= NEARLY_ALL * (right - left + 1);
  }

  private boolean isColumn(int x, int level) {
    int alike = 0;
    for (int y = top; y <= bottom; y++) {
      alike += Math.abs(grey.get(x, y, 0) - level) <= ALIKE ? 1 : 0;
    }
    return 100 * alike >= NEARLY_ALL * (bottom - top + 1);
  }
}
