package dev.vitrine.data.digits;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Lettering;
import dev.vitrine.image.Raster;
import dev.vitrine.image.Sheet;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A picture of many digits, one row a digit: the drawn ones, and real ones beside them. */
public final class DigitSheet {
  private static final int SCALE = 2;
  private static final int GAP = 4;
  private static final int GROUND = 48;
  private static final int WHITE = 255;
  private static final int HEADER_SCALE = 2;

  private DigitSheet() {}

  /**
   * Composes the sheet.
   *
   * @param seed of the drawn digits: the sheet shows the first of their test split
   * @param real digits to show to the right, such as MNIST's test images
   * @param columns how many of each digit, and on each side
   * @return the sheet in grey
   * @throws UserException if {@code columns} is not positive or too large, or the real digits are
   *     not 28×28 grey images in ten classes
   */
  public static Raster compose(Seed seed, Optional<Dataset> real, int columns) {
    if (columns <= 0 || columns > 100) {
      throw new UserException(
          "A sheet of digits expects 1 to 100 columns, but got %s".formatted(columns));
    }
    var blocks = new ArrayList<Raster>();
    blocks.add(block("drawn", Digits.test(seed, 10 * columns), columns, true));
    real.ifPresent(data -> {
      check(data);
      blocks.add(block(data.name(), data, columns, false));
    });
    return sideBySide(blocks);
  }

  private static void check(Dataset data) {
    if (!data.shape().equals(Digits.SHAPE) || data.classNames().size() != 10) {
      throw new UserException(
          "A sheet of digits expects images of %s in 10 classes, but %s has %s in %s"
              .formatted(Digits.SHAPE, data.name(), data.shape(), data.classNames().size()));
    }
  }

  /** The first images of each digit, under a heading; a digit with too few leaves black squares. */
  private static Raster block(String heading, Dataset data, int columns, boolean labelled) {
    var pictures = new ArrayList<Raster>();
    for (int digit = 0; digit < 10; digit++) {
      int wanted = digit;
      IntStream.range(0, data.size())
          .filter(i -> data.label(i) == wanted)
          .limit(columns)
          .forEach(i -> pictures.add(data.picture(i)));
      while (pictures.size() < (digit + 1) * columns) {
        pictures.add(Raster.black(Frame.SIDE, Frame.SIDE, 1));
      }
    }
    List<String> labels =
        labelled ? IntStream.range(0, 10).mapToObj(Integer::toString).toList() : List.of();
    Raster body = new Sheet(columns, SCALE, GAP, GROUND).compose(pictures, labels);
    int header = Lettering.height(HEADER_SCALE) + 2 * GAP;
    int width = Math.max(body.width(), Lettering.width(heading, HEADER_SCALE) + 2 * GAP);
    Raster block = Raster.black(width, header + body.height(), 1);
    block.fill(GROUND);
    Lettering.paint(block, heading, GAP, GAP, HEADER_SCALE, WHITE);
    block.paint(body, 0, header);
    return block;
  }

  private static Raster sideBySide(List<Raster> blocks) {
    int between = 4 * GAP;
    int width = blocks.stream().mapToInt(Raster::width).sum() + between * (blocks.size() - 1);
    Raster sheet = Raster.black(width, blocks.getFirst().height(), 1);
    sheet.fill(GROUND);
    int x = 0;
    for (Raster block : blocks) {
      sheet.paint(block, x, 0);
      x += block.width() + between;
    }
    return sheet;
  }
}
