package dev.vitrine.plan.steps;

/**
 * A border of zeros around the planes of a value of shape (channels, height, width), in elements.
 */
public record Padding(
    int channels, int height, int width, int top, int bottom, int left, int right) {
  boolean isEmpty() {
    return top == 0 && bottom == 0 && left == 0 && right == 0;
  }

  /** The wider of two borders on each side. */
  public Padding union(Padding that) {
    return new Padding(
        channels,
        height,
        width,
        Math.max(top, that.top),
        Math.max(bottom, that.bottom),
        Math.max(left, that.left),
        Math.max(right, that.right));
  }

  public int paddedHeight() {
    return top + height + bottom;
  }

  public int paddedWidth() {
    return left + width + right;
  }
}
