package dev.vitrine.image;

import dev.vitrine.error.UserException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a picture comes to the size {@code W × H} of an input. It is resized for a {@link Frame}
 * {@code w × h}, which is the input or somewhat larger, and the centre is taken.
 *
 * @param frame what it is resized for
 * @param way what becomes of a picture with other proportions than the frame's
 * @param ground the sample, 0 … 255, of what is around a picture that is padded
 */
public record Fitting(Frame frame, Way way, int ground) {
  private static final int WHITE = 255;

  /** Refuses {@code null}, and what is no sample. */
  public Fitting {
    Objects.requireNonNull(frame, "frame");
    Objects.requireNonNull(way, "way");
    Objects.checkIndex(ground, WHITE + 1);
  }

  /** What a picture is resized for. */
  public enum Frame {
    /** The input. */
    INPUT,
    /** A square of {@code ⌊256/224·max(H, W) + ½⌋}. */
    TORCHVISION,
    /** 256 for sides of 224 to 256, else {@code ⌊256/227·side + ½⌋}. */
    CAFFE;

    private Size of(Size input) {
      return switch (this) {
        case INPUT -> input;
        case TORCHVISION -> {
          int side = (int) Math.round(Math.max(input.width, input.height) * 256 / 224.0);
          yield new Size(side, side);
        }
        case CAFFE -> new Size(caffeSide(input.width), caffeSide(input.height));
      };
    }
  }

  /** What becomes of a picture with other proportions. */
  public enum Way {
    /** Both sides become the frame's; the centre begins at {@code ⌊(w − W)/2⌋}. */
    STRETCH,
    /**
     * Its proportions stay, and it covers the frame: one side becomes the frame's, the other {@code
     * ⌊side·long/short⌋}; the centre begins at half of what is too much, halves to even.
     */
    CROP,
    /**
     * Its proportions stay, and all of it is seen: it becomes as large as fits into the input,
     * whatever the frame, its shorter side rounded (½ up), with the ground around it; on the left
     * and above are {@code ⌊rest/2⌋}.
     */
    PAD;

    /** {@return what the command line calls it} */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the way of a name}
     *
     * @param key what the command line calls it
     * @throws UserException if it is none
     */
    public static Way named(String key) {
      List<String> keys = Stream.of(values()).map(Way::key).toList();
      if (!keys.contains(key)) {
        throw UserException.unknown("fit", key, keys);
      }
      return values()[keys.indexOf(key)];
    }
  }

  private record Size(int width, int height) {
    @Override
    public String toString() {
      return "%s × %s".formatted(width, height);
    }
  }

  private static int caffeSide(int side) {
    return side >= 224 && side <= 256 ? 256 : (int) Math.round(side * 256 / 227.0);
  }

  /** The picture at the size of an input. */
  Raster view(Raster picture, int width, int height) {
    Size frame = this.frame.of(new Size(width, height));
    return switch (way) {
      case STRETCH -> {
        int x = (frame.width - width) / 2;
        int y = (frame.height - height) / 2;
        var centre = new Resampler.Box(x, y, width, height);
        yield Resampler.resize(picture, frame.width, frame.height, centre);
      }
      case CROP -> covering(picture, frame, width, height);
      case PAD -> padded(picture, width, height);
    };
  }

  private static Raster covering(Raster picture, Size frame, int width, int height) {
    long w = picture.width();
    long h = picture.height();
    boolean byWidth = frame.width * h >= frame.height * w;
    int wide = byWidth ? frame.width : Math.toIntExact(frame.height * w / h);
    int high = byWidth ? Math.toIntExact(frame.width * h / w) : frame.height;
    int x = (int) Math.rint((wide - width) / 2.0);
    int y = (int) Math.rint((high - height) / 2.0);
    return Resampler.resize(picture, wide, high, new Resampler.Box(x, y, width, height));
  }

  private Raster padded(Raster picture, int width, int height) {
    long w = picture.width();
    long h = picture.height();
    boolean byWidth = width * h <= height * w;
    int wide = byWidth ? width : (int) Math.max(1, (2L * height * w + h) / (2 * h));
    int high = byWidth ? (int) Math.max(1, (2L * width * h + w) / (2 * w)) : height;
    Raster padded = Raster.black(width, height, picture.channels());
    padded.fill(ground);
    Raster small = Resampler.resize(picture, wide, high);
    padded.paint(small, (width - wide) / 2, (height - high) / 2);
    return padded;
  }

  /** What is done, in a few words. */
  String description(int width, int height) {
    Size input = new Size(width, height);
    Size size = frame.of(input);
    String centre = way == Way.STRETCH && size.equals(input) ? "" : ", centre " + input;
    return switch (way) {
      case STRETCH -> "resized to " + size + centre;
      case CROP ->
          size.width == size.height
              ? "shorter side resized to %s%s".formatted(size.width, centre)
              : "resized to cover %s%s".formatted(size, centre);
      case PAD -> "resized to fit into %s, %s around it".formatted(input, colour());
    };
  }

  private String colour() {
    return switch (ground) {
      case 0 -> "black";
      case WHITE -> "white";
      default -> "grey " + ground;
    };
  }
}
