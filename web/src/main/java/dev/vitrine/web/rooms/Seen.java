package dev.vitrine.web.rooms;

import dev.vitrine.image.Raster;
import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.cut.MnistCut;
import java.util.LinkedHashMap;
import java.util.Map;

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

  /** Brought to the form of MNIST's digits: size, stroke and place. */
  Raster cut() {
    Raster cut = Raster.black(MnistCut.SIDE, MnistCut.SIDE, 1);
    float[] values = MnistCut.of(drawn);
    for (int i = 0; i < values.length; i++) {
      cut.set(
          i % MnistCut.SIDE,
          i / MnistCut.SIDE,
          0,
          Math.round(LEVELS * Math.clamp(values[i], 0, 1)));
    }
    return cut;
  }

  /** As it was drawn, light on dark. */
  Raster whole() {
    Raster whole = Raster.black(drawn.width(), drawn.height(), 1);
    for (int y = 0; y < drawn.height(); y++) {
      for (int x = 0; x < drawn.width(); x++) {
        whole.set(x, y, 0, Math.round(LEVELS * drawn.at(x, y)));
      }
    }
    return whole;
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
