package dev.vitrine.vision.find;

/**
 * A rectangle of pixels.
 *
 * @param left the first column
 * @param top the first row
 * @param width columns
 * @param height rows
 */
public record Box(int left, int top, int width, int height) {
  /** {@return the column behind the last} */
  public int right() {
    return left + width;
  }

  /** {@return the row behind the last} */
  public int bottom() {
    return top + height;
  }

  /** {@return the middle of its columns} */
  public double middleX() {
    return left + width / 2.0;
  }

  /** {@return the middle of its rows} */
  public double middleY() {
    return top + height / 2.0;
  }

  /** {@return the longer side} */
  public int longer() {
    return Math.max(width, height);
  }

  /**
   * {@return the smallest rectangle around both}
   *
   * @param other another
   */
  public Box around(Box other) {
    int x = Math.min(left, other.left);
    int y = Math.min(top, other.top);
    return new Box(
        x, y, Math.max(right(), other.right()) - x, Math.max(bottom(), other.bottom()) - y);
  }

  /**
   * {@return how many pixels of free paper are between both: the larger of across and down; 0 if
   * they touch or overlap}
   *
   * @param other another
   */
  public int gap(Box other) {
    int across = Math.max(other.left - right(), left - other.right());
    int down = Math.max(other.top - bottom(), top - other.bottom());
    return Math.max(0, Math.max(across, down));
  }

  /**
   * {@return how many rows both have}
   *
   * @param other another
   */
  public int commonRows(Box other) {
    return Math.max(0, Math.min(bottom(), other.bottom()) - Math.max(top, other.top));
  }

  /**
   * {@return how many columns both have}
   *
   * @param other another
   */
  public int commonColumns(Box other) {
    return Math.max(0, Math.min(right(), other.right()) - Math.max(left, other.left));
  }
}
