package dev.vitrine.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Short labels in capitals of 5 × 7 points, from a table of its own: a Java runtime without fonts,
 * as on many servers, cannot draw any other.
 */
public final class Lettering {
  private static final int COLUMNS = 5;
  private static final int ROWS = 7;
  private static final int ADVANCE = COLUMNS + 1;

  private static final Map<Character, boolean[][]> GLYPHS = read();

  private Lettering() {}

  /**
   * {@return how wide a text is}
   *
   * @param text in capitals, as it is painted
   * @param scale points to a dot of the letters, at least 1
   */
  public static int width(String text, int scale) {
    return Math.max(0, text.length() * ADVANCE - 1) * scale;
  }

  /**
   * {@return how high every text is}
   *
   * @param scale points to a dot of the letters, at least 1
   */
  public static int height(int scale) {
    return ROWS * scale;
  }

  /**
   * Paints a text; letters become capitals, and what the table lacks becomes {@code ?}.
   *
   * @param picture what is painted on
   * @param text in capitals, as it is painted
   * @param x the left column of the text
   * @param y the upper row of the text
   * @param scale points to a dot of the letters, at least 1
   * @param value the samples of its points
   */
  public static void paint(Raster picture, String text, int x, int y, int scale, int value) {
    Raster point = Raster.black(scale, scale, 1);
    point.fill(value);
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      char letter = capitals.charAt(i);
      if (letter != ' ') {
        boolean[][] glyph = GLYPHS.getOrDefault(letter, GLYPHS.get('?'));
        paint(picture, glyph, point, x + i * ADVANCE * scale, y);
      }
    }
  }

  private static void paint(Raster picture, boolean[][] glyph, Raster point, int x, int y) {
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        if (glyph[row][column]) {
          picture.paint(point, x + column * point.width(), y + row * point.width());
        }
      }
    }
  }

  /** The table comes in bands: a line of characters, then their seven rows. */
  private static Map<Character, boolean[][]> read() {
    List<String> lines = lines();
    var glyphs = new HashMap<Character, boolean[][]>();
    for (int band = 0; band < lines.size(); band += 1 + ROWS) {
      String characters = lines.get(band);
      for (int at = 0; at < characters.length(); at += ADVANCE) {
        boolean[][] glyph = new boolean[ROWS][COLUMNS];
        for (int row = 0; row < ROWS; row++) {
          for (int column = 0; column < COLUMNS; column++) {
            glyph[row][column] = lines.get(band + 1 + row).charAt(at + column) == '#';
          }
        }
        glyphs.put(characters.charAt(at), glyph);
      }
    }
    return glyphs;
  }

  private static List<String> lines() {
    try (InputStream in = Lettering.class.getResourceAsStream("letters.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("letters.txt is missing from the module", unreadable);
    }
  }
}
