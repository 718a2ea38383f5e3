package dev.vitrine.web.rooms;

import dev.vitrine.image.Raster;
import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.cut.MnistCut;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A drawing on its way to a network's input, with every step in between. */
final class Seen {
  private static final int LEVELS = 255;
  private static final float HALF = 0.5f;

  private final Ink drawn;

  /**
   * @param values a byte each, row by row: 0 nothing … 255 ink
   */
  Seen(int width, int height, byte[] values) {
    float[] ink = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      ink[i] = Byte.toUnsignedInt(values[i]) / (float) LEVELS;
    }
    drawn = new Ink(width, height, ink);
  }

  /** Whether nothing is drawn that a network could be asked about. */
  boolean isEmpty() {
    for (int y = 0; y < drawn.height(); y++) {
      for (int x = 0; x < drawn.width(); x++) {
        if (drawn.at(x, y) >= HALF) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Brought to the form of MNIST's digits: its size, and of stroke and place what is asked for.
   *
   * @param steps what is done beside the size
   */
  Raster cut(Set<MnistCut.Step> steps) {
    return raster(MnistCut.SIDE, MnistCut.SIDE, MnistCut.of(drawn, steps));
  }

  /** As it was drawn, light on dark. */
  Raster whole() {
    float[] values = new float[drawn.width() * drawn.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = drawn.at(i % drawn.width(), i / drawn.width());
    }
    return raster(drawn.width(), drawn.height(), values);
  }

  private static Raster raster(int width, int height, float[] ink) {
    Raster raster = Raster.black(width, height, 1);
    for (int i = 0; i < ink.length; i++) {
      raster.set(i % width, i / width, 0, Math.round(LEVELS * Math.clamp(ink[i], 0f, 1f)));
    }
    return raster;
  }

  /** A picture for the page: its size, and a number from 0 to 255 for each point and channel. */
  static Map<String, Object> json(Raster picture) {
    int[] values = new int[picture.width() * picture.height() * picture.channels()];
    int i = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        for (int c = 0; c < picture.channels(); c++) {
          values[i++] = picture.get(x, y, c);
        }
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("width", picture.width());
    json.put("height", picture.height());
    json.put("channels", picture.channels());
    json.put("values", values);
    return json;
  }
}
