package dev.vitrine.look;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Lettering;
import dev.vitrine.image.Raster;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** A view as one picture: its pictures in rows as on the page, each with its caption below. */
public final class ViewSheet {
  private static final int GAP = 12;
  private static final int GROUND = 32;
  private static final int INK = 235;
  private static final int FAINT = 175;

  /** Rows go on below when they would be wider. */
  private static final int WIDTH = 1200;

  private ViewSheet() {}

  /**
   * {@return the sheet}
   *
   * @param view with at least one picture
   * @throws UserException if it has none
   */
  public static Raster of(View view) {
    List<Raster> rows = new ArrayList<>();
    for (View.Section section : view.sections()) {
      for (View.Block block : section.blocks()) {
        if (block instanceof View.Pictures pictures) {
          rows.addAll(rows(pictures));
        }
      }
    }
    if (rows.isEmpty()) {
      throw new UserException(
          "There are only numbers and charts to see here, no picture: write a page (.html)");
    }
    rows.addFirst(line(view.title(), 2, INK));
    return stacked(rows);
  }

  private static List<Raster> rows(View.Pictures pictures) {
    List<Raster> rows = new ArrayList<>();
    if (!pictures.note().isEmpty()) {
      wrapped(pictures.note(), WIDTH).forEach(text -> rows.add(line(text, 1, FAINT)));
    }
    List<Raster> row = new ArrayList<>();
    int width = 0;
    for (View.Picture picture : pictures.pictures()) {
      Raster card = card(picture);
      if (!row.isEmpty() && width + card.width() > WIDTH) {
        rows.add(beside(row));
        row.clear();
        width = 0;
      }
      row.add(card);
      width += card.width() + GAP;
    }
    rows.add(beside(row));
    return rows;
  }

  private static Raster card(View.Picture picture) {
    Raster raster = picture.raster();
    List<String> words = wrapped(picture.caption(), Math.max(raster.width(), 120));
    int wide = words.stream().mapToInt(text -> Lettering.width(text, 1)).max().orElse(0);
    int step = Lettering.height(1) + 4;
    int height = raster.height() + 6 + words.size() * step;
    Raster card = ground(Math.max(raster.width(), wide), height, raster.channels());
    card.paint(raster, 0, 0);
    for (int i = 0; i < words.size(); i++) {
      Lettering.paint(card, words.get(i), 0, raster.height() + 6 + i * step, 1, INK);
    }
    return card;
  }

  /** Words in lines that are no wider, if no single word is. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : plain(text).split(" ", -1)) {
      if (!line.isEmpty() && Lettering.width(line + " " + word, 1) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static Raster line(String text, int scale, int shade) {
    String plain = plain(text);
    Raster line = ground(Math.max(1, Lettering.width(plain, scale)), Lettering.height(scale), 1);
    Lettering.paint(line, plain, 0, 0, scale, shade);
    return line;
  }

  /** The lettering has ASCII alone. */
  private static String plain(String text) {
    String replaced =
        text.replace('−', '-')
            .replace('–', '-')
            .replace("×", "x")
            .replace("°", " deg")
            .replace("·", ".")
            .replace("→", "->")
            .replace("…", "..")
            .replace("’", "'");
    return Normalizer.normalize(replaced, Normalizer.Form.NFKD).replaceAll("[^\\x20-\\x7e]", "");
  }

  private static Raster ground(int width, int height, int channels) {
    Raster raster = Raster.black(width, height, channels);
    raster.fill(GROUND);
    return raster;
  }

  private static Raster beside(List<Raster> row) {
    int width = row.stream().mapToInt(Raster::width).sum() + GAP * (row.size() - 1);
    int height = row.stream().mapToInt(Raster::height).max().orElse(1);
    Raster whole = ground(width, height, channels(row));
    int x = 0;
    for (Raster each : row) {
      whole.paint(each, x, 0);
      x += each.width() + GAP;
    }
    return whole;
  }

  private static Raster stacked(List<Raster> rows) {
    int width = rows.stream().mapToInt(Raster::width).max().orElse(1) + 2 * GAP;
    int height = rows.stream().mapToInt(Raster::height).sum() + GAP * (rows.size() + 1);
    Raster whole = ground(width, height, channels(rows));
    int y = GAP;
    for (Raster each : rows) {
      whole.paint(each, GAP, y);
      y += each.height() + GAP;
    }
    return whole;
  }

  private static int channels(List<Raster> rasters) {
    return rasters.stream().mapToInt(Raster::channels).max().orElse(1);
  }
}
