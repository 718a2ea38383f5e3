package dev.vitrine.readout;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Lettering;
import dev.vitrine.image.Raster;
import dev.vitrine.image.Sheet;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A picture of maps, in rows, each enlarged by a whole factor, with its channel and the range of
 * its numbers below, and a key of what the greys stand for.
 *
 * @param range which range black and white stand for
 * @param columns maps in a row; 0 for a number that fills the rows
 */
public record MapSheet(Range range, int columns) {
  /** What black and white stand for. */
  public enum Range {
    /**
     * White is the largest magnitude of each map, and 0 mid grey; black if there is nothing below
     * 0.
     */
    ZERO,
    /** The smallest and the largest number of each map. */
    OWN,
    /** Those of all maps that are shown. */
    COMMON
  }

  private static final int SIDE = 144;
  private static final int LARGEST_FACTOR = 32;
  private static final int GAP = 10;
  static final int GROUND = 32;
  static final int INK = 235;
  static final int FAINT = 165;

  /**
   * Checks that a layer's output can be drawn.
   *
   * @param layer its path, for the sentence
   * @param output all of it
   * @throws UserException if it is a vector
   */
  public static void requireMaps(String layer, Shape output) {
    if (output.rank() != 3) {
      throw new UserException(
          "The layer %s gives a vector of %s numbers, not maps: print them, or write them to a .npy file"
              .formatted(Quote.of(layer), output.elements()));
    }
  }

  /**
   * Draws maps, and on their left what the network was given.
   *
   * @param title the first line of the caption
   * @param subject what the input is, in a few words
   * @param input what the network was given, as a picture
   * @param maps what is drawn
   * @return the sheet, caption included
   * @throws UserException if they are no maps, or hold numbers that are not finite
   */
  public Raster draw(String title, String subject, Raster input, Maps maps) {
    return draw(title, subject, Optional.of(input), maps);
  }

  /**
   * Draws maps of which nobody knows what the network was given.
   *
   * @param title the first line of the caption
   * @param subject what they are, in a few words
   * @param maps what is drawn
   * @return the sheet, caption included
   * @throws UserException if they are no maps, or hold numbers that are not finite
   */
  public Raster draw(String title, String subject, Maps maps) {
    return draw(title, subject, Optional.empty(), maps);
  }

  private Raster draw(String title, String subject, Optional<Raster> input, Maps maps) {
    requireMaps(maps.layer(), maps.shape());
    Maps.Statistics all = Maps.Statistics.of(maps.values());
    if (!Float.isFinite(all.min()) || !Float.isFinite(all.max())) {
      throw new UserException(
          "The layer %s gives numbers that are not finite: write them to a .npy file to look at them"
              .formatted(Quote.of(maps.layer())));
    }
    List<Raster> cells = new ArrayList<>();
    int width = cellWidth(maps);
    for (int i = 0; i < maps.channels().size(); i++) {
      cells.add(cell(maps, i, all, width));
    }
    int perRow = columns == 0 ? columnsFor(cells.size()) : Math.min(columns, cells.size());
    Raster sheet = new Sheet(perRow, 1, GAP, GROUND).compose(cells);
    String size = input.map(picture -> size(picture.width(), picture.height())).orElse("");
    Optional<Raster> large =
        input.map(picture -> picture.enlarged(factor(picture.width(), picture.height())));
    MapKey key = new MapKey(large, size, GreyScale.Meaning.of(range, all));
    return captioned(beside(key.draw(), sheet), title, caption(maps, subject));
  }

  private static String caption(Maps maps, String subject) {
    String size = size(maps.shape().size(2), maps.shape().size(1));
    String count = maps.channels().size() == 1 ? "one map" : maps.channels().size() + " maps";
    return "%s: %s of %s, each with its channel and the range of its numbers"
        .formatted(subject, count, size);
  }

  private static String size(int width, int height) {
    return "%s x %s".formatted(width, height);
  }

  /** By how much a map or picture is enlarged. */
  private static int factor(int width, int height) {
    return Math.clamp(SIDE / Math.max(width, height), 1, LARGEST_FACTOR);
  }

  private static int factor(Maps maps) {
    return factor(maps.shape().size(2), maps.shape().size(1));
  }

  /** The key, a wider gap, and the maps. */
  private static Raster beside(Raster key, Raster sheet) {
    int left = GAP + key.width() + GAP;
    int height = Math.max(sheet.height(), key.height() + 2 * GAP);
    Raster both = Raster.black(left + sheet.width(), height, key.channels());
    both.fill(GROUND);
    both.paint(key, GAP, GAP);
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
    GreyScale scale = GreyScale.of(range, own, all);
    int mapWidth = maps.shape().size(2);
    Raster small = Raster.black(mapWidth, maps.shape().size(1), 1);
    for (int i = 0; i < map.length; i++) {
      small.set(i % mapWidth, i / mapWidth, 0, scale.shade(map[i]));
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

  private static String rangeText(Maps.Statistics own) {
    return "%s .. %s".formatted(GreyScale.number(own.min()), GreyScale.number(own.max()));
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
    Lettering.paint(whole, caption, GAP, second, 1, FAINT);
    whole.paint(sheet, 0, header);
    return whole;
  }
}
