package dev.vitrine.readout;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Lettering;
import dev.vitrine.image.Raster;
import dev.vitrine.image.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of maps, in rows, each enlarged by a whole factor, with its channel and the range of
 * its numbers below; black is the smallest number and white the largest, of the map or of all.
 *
 * @param range which range black and white stand for
 * @param columns maps in a row; 0 for a number that fills the rows
 */
public record MapSheet(Range range, int columns) {
  /** What black and white stand for. */
  public enum Range {
    /** The smallest and the largest number of each map. */
    OWN,
    /** Those of all maps that are shown. */
    COMMON
  }

  private static final String INPUT = "input";
  private static final int SIDE = 144;
  private static final int LARGEST_FACTOR = 32;
  private static final int GAP = 10;
  private static final int GROUND = 32;
  private static final int INK = 235;
  private static final int FAINT = 165;
  private static final int WHITE = 255;

  /**
   * Draws maps, and on their left what the network was given.
   *
   * @param title the first line of the caption
   * @param input what the network was given, as a picture
   * @throws UserException if they are no maps, or hold numbers that are not finite
   */
  public Raster draw(String title, Raster input, Maps maps) {
    if (maps.shape().rank() != 3) {
      throw new UserException(
          "The layer '%s' gives a vector of %d numbers, not maps: print it by leaving out --out, or write it to a .npy file"
              .formatted(maps.layer(), maps.shape().elements()));
    }
    Maps.Statistics all = Maps.Statistics.of(maps.values());
    if (!Float.isFinite(all.min()) || !Float.isFinite(all.max())) {
      throw new UserException(
          "The layer '%s' gives numbers that are not finite: write them to a .npy file to look at them"
              .formatted(maps.layer()));
    }
    List<Raster> cells = new ArrayList<>();
    int width = cellWidth(maps);
    for (int i = 0; i < maps.channels().size(); i++) {
      cells.add(cell(maps, i, all, width));
    }
    int perRow = columns == 0 ? columnsFor(cells.size()) : Math.min(columns, cells.size());
    Raster sheet = new Sheet(perRow, 1, GAP, GROUND).compose(cells);
    return captioned(beside(input(input), sheet), title, caption(maps, all));
  }

  private String caption(Maps maps, Maps.Statistics all) {
    String size = "%d × %d".formatted(maps.shape().size(2), maps.shape().size(1));
    String count = maps.channels().size() == 1 ? "one map" : maps.channels().size() + " maps";
    String scale =
        range == Range.OWN
            ? "each from its smallest number (black) to its largest (white)"
            : "from %s (black) to %s (white)".formatted(number(all.min()), number(all.max()));
    return "%s of %s, %s".formatted(count, size, scale);
  }

  /** By how much a map or picture is enlarged. */
  private static int factor(int width, int height) {
    return Math.clamp(SIDE / Math.max(width, height), 1, LARGEST_FACTOR);
  }

  private static int factor(Maps maps) {
    return factor(maps.shape().size(2), maps.shape().size(1));
  }

  private static Raster input(Raster input) {
    Raster large = input.enlarged(factor(input.width(), input.height()));
    int top = large.height() + GAP / 2;
    int width = Math.max(large.width(), Lettering.width(INPUT, 2));
    Raster cell = Raster.black(width, top + Lettering.height(2), large.channels());
    cell.fill(GROUND);
    cell.paint(large, 0, 0);
    Lettering.paint(cell, INPUT, 0, top, 2, INK);
    return cell;
  }

  /** The input, a wider gap, and the maps. */
  private static Raster beside(Raster input, Raster sheet) {
    int left = GAP + input.width() + GAP;
    int height = Math.max(sheet.height(), input.height() + 2 * GAP);
    Raster both = Raster.black(left + sheet.width(), height, input.channels());
    both.fill(GROUND);
    both.paint(input, GAP, GAP);
    both.paint(sheet, left, 0);
    return both;
  }

  private int cellWidth(Maps maps) {
    int widest = maps.shape().size(2) * factor(maps);
    for (int i = 0; i < maps.channels().size(); i++) {
      int label = Lettering.width(Integer.toString(maps.channels().get(i)), 2);
      int numbers = Lettering.width(rangeText(Maps.Statistics.of(maps.map(i))), 1);
      widest = Math.max(widest, label + GAP + numbers);
    }
    return widest;
  }

  private Raster cell(Maps maps, int place, Maps.Statistics all, int width) {
    float[] map = maps.map(place);
    Maps.Statistics own = Maps.Statistics.of(map);
    Maps.Statistics scale = range == Range.OWN ? own : all;
    int mapWidth = maps.shape().size(2);
    Raster small = Raster.black(mapWidth, maps.shape().size(1), 1);
    for (int i = 0; i < map.length; i++) {
      small.set(i % mapWidth, i / mapWidth, 0, shade(map[i], scale));
    }
    Raster large = small.enlarged(factor(maps));
    int top = large.height() + GAP / 2;
    Raster cell = Raster.black(width, top + Lettering.height(2), 1);
    cell.fill(GROUND);
    cell.paint(large, 0, 0);
    Lettering.paint(cell, Integer.toString(maps.channels().get(place)), 0, top, 2, INK);
    String numbers = rangeText(own);
    int x = width - Lettering.width(numbers, 1);
    Lettering.paint(cell, numbers, x, top + Lettering.height(1), 1, FAINT);
    return cell;
  }

  private static int shade(float value, Maps.Statistics scale) {
    double width = (double) scale.max() - scale.min();
    return width == 0 ? 0 : (int) Math.round(WHITE * (value - scale.min()) / width);
  }

  private static String rangeText(Maps.Statistics own) {
    return "%s .. %s".formatted(number(own.min()), number(own.max()));
  }

  private static String number(float value) {
    double size = Math.abs(value);
    boolean plain = size == 0 || (size >= 0.01 && size < 10_000);
    return String.format(Locale.ROOT, size == 0 ? "%.0f" : plain ? "%.2f" : "%.0e", value);
  }

  /** The least width that is at least as wide as high, and leaves the last row full. */
  static int columnsFor(int maps) {
    int square = (int) Math.ceil(Math.sqrt(maps));
    for (int columns = square; columns <= 2 * square; columns++) {
      if (maps % columns == 0) {
        return columns;
      }
    }
    return square;
  }

  private static Raster captioned(Raster sheet, String title, String caption) {
    int header = GAP + Lettering.height(2) + GAP / 2 + Lettering.height(1) + GAP / 2;
    int text = Math.max(Lettering.width(title, 2), Lettering.width(caption, 1));
    int width = Math.max(sheet.width(), text + 2 * GAP);
    Raster whole = Raster.black(width, header + sheet.height(), sheet.channels());
    whole.fill(GROUND);
    Lettering.paint(whole, title, GAP, GAP, 2, INK);
    int second = GAP + Lettering.height(2) + GAP / 2;
    Lettering.paint(whole, caption.replace("×", "x"), GAP, second, 1, FAINT);
    whole.paint(sheet, 0, header);
    return whole;
  }
}
