package dev.vitrine.image;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;

/**
 * A picture of unsigned bytes, grey (one channel) or red, green and blue (three), as rows of pixels
 * with the channels of a pixel side by side. It can be painted on.
 */
public final class Raster {
  /** Channels of a coloured picture. */
  static final int COLOURS = 3;

  private static final int WHITE = 255;

  private final int width;
  private final int height;
  private final int channels;
  private final byte[] samples;

  private Raster(int width, int height, int channels, byte[] samples) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.samples = samples;
  }

  /**
   * {@return a black picture}
   *
   * @param width columns
   * @param height rows
   * @param channels 1 or 3
   * @throws IllegalArgumentException if a size is not positive or the number of channels another
   */
  public static Raster black(int width, int height, int channels) {
    if (width <= 0 || height <= 0 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "A picture expects positive sizes and 1 or 3 channels, but got %s × %s × %s"
              .formatted(width, height, channels));
    }
    int samples = Math.multiplyExact(Math.multiplyExact(width, height), channels);
    return new Raster(width, height, channels, new byte[samples]);
  }

  /**
   * {@return the picture of a tensor of unsigned bytes}
   *
   * @param shape {@code (C, H, W)} with 1 or 3 channels
   * @param values the tensor, in the order {@code C H W}
   * @param offset where in {@code values} it begins
   * @throws IllegalArgumentException if the shape is another
   */
  public static Raster of(Shape shape, byte[] values, int offset) {
    if (shape.rank() != 3) {
      throw new IllegalArgumentException(
          "A picture expects a shape (C, H, W), but got %s".formatted(shape));
    }
    Raster picture = black(shape.size(2), shape.size(1), shape.size(0));
    int pixels = picture.width * picture.height;
    for (int channel = 0; channel < picture.channels; channel++) {
      for (int i = 0; i < pixels; i++) {
        picture.samples[i * picture.channels + channel] = values[offset + channel * pixels + i];
      }
    }
    return picture;
  }

  /**
   * Writes the samples as a tensor of bytes: the reverse of {@link #of}. A grey picture becomes
   * equal red, green and blue if there is to be colour.
   *
   * @param into where they go, in the order {@code C H W}
   * @param offset where in {@code into} it begins
   * @param planes how many channels there are to be, at least its own
   * @throws IllegalArgumentException if it is coloured and there is to be one channel
   */
  public void planes(byte[] into, int offset, int planes) {
    if (planes < channels) {
      throw new IllegalArgumentException("A coloured picture has no single channel");
    }
    int pixels = width * height;
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < pixels; i++) {
        into[offset + plane * pixels + i] = samples[i * channels + plane % channels];
      }
    }
  }

  /** {@return how many columns of pixels there are} */
  public int width() {
    return width;
  }

  /** {@return how many rows of pixels there are} */
  public int height() {
    return height;
  }

  /** {@return the number of channels: 1 for grey, 3 for red, green and blue} */
  public int channels() {
    return channels;
  }

  /**
   * {@return a sample: 0 … 255}
   *
   * @param x the column, from 0 on the left
   * @param y the row, from 0 at the top
   * @param channel its number, from 0
   */
  public int get(int x, int y, int channel) {
    return Byte.toUnsignedInt(samples[index(x, y, channel)]);
  }

  /**
   * Sets a sample to the low eight bits of {@code value}.
   *
   * @param x the column, from 0 on the left
   * @param y the row, from 0 at the top
   * @param channel its number, from 0
   * @param value the sample, 0 … 255
   */
  public void set(int x, int y, int channel, int value) {
    samples[index(x, y, channel)] = (byte) value;
  }

  private int index(int x, int y, int channel) {
    Objects.checkIndex(x, width);
    Objects.checkIndex(y, height);
    Objects.checkIndex(channel, channels);
    return (y * width + x) * channels + channel;
  }

  /**
   * Sets all samples to the low eight bits of {@code value}.
   *
   * @param value the sample, 0 … 255
   */
  public void fill(int value) {
    Arrays.fill(samples, (byte) value);
  }

  /**
   * The samples, row by row and pixel by pixel: the array itself, written by who makes the picture.
   */
  byte[] samples() {
    return samples;
  }

  /** {@return a copy with light and dark exchanged: {@code 255 − v}} */
  public Raster inverted() {
    Raster other = black(width, height, channels);
    for (int i = 0; i < samples.length; i++) {
      other.samples[i] = (byte) (WHITE - Byte.toUnsignedInt(samples[i]));
    }
    return other;
  }

  /** {@return how far the samples of a channel are apart at most: 0 for one colour all over} */
  public int contrast() {
    int most = 0;
    for (int channel = 0; channel < channels; channel++) {
      int low = WHITE;
      int high = 0;
      for (int i = channel; i < samples.length; i += channels) {
        int value = Byte.toUnsignedInt(samples[i]);
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      most = Math.max(most, high - low);
    }
    return most;
  }

  /**
   * {@return a larger copy, every pixel a square of {@code factor × factor}}
   *
   * @param factor at least 1
   */
  public Raster enlarged(int factor) {
    Raster large = black(Math.multiplyExact(width, factor), height * factor, channels);
    for (int y = 0; y < large.height; y++) {
      for (int x = 0; x < large.width; x++) {
        int from = (y / factor * width + x / factor) * channels;
        System.arraycopy(samples, from, large.samples, (y * large.width + x) * channels, channels);
      }
    }
    return large;
  }

  /**
   * Paints a picture over this one, its upper left corner at {@code (x, y)}. Grey becomes equal
   * red, green and blue.
   *
   * @param other what is painted
   * @param x the column of its left edge
   * @param y the row of its upper edge
   * @throws IndexOutOfBoundsException if it reaches over the edge
   * @throws IllegalArgumentException if it is coloured and this one is grey
   */
  public void paint(Raster other, int x, int y) {
    Objects.checkFromIndexSize(x, other.width, width);
    Objects.checkFromIndexSize(y, other.height, height);
    if (other.channels > channels) {
      throw new IllegalArgumentException("A grey picture cannot take a coloured one");
    }
    for (int row = 0; row < other.height; row++) {
      for (int column = 0; column < other.width; column++) {
        for (int channel = 0; channel < channels; channel++) {
          int value = other.get(column, row, channel % other.channels);
          set(x + column, y + row, channel, value);
        }
      }
    }
  }
}
