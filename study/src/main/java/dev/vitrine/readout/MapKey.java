package dev.vitrine.readout;

import dev.vitrine.image.Lettering;
import dev.vitrine.image.Raster;
import java.util.Optional;

/**
 * What stands on the left of a sheet of maps: what the network was given, enlarged, if there is
 * such a thing, and a ramp that says what the greys mean.
 *
 * @param input what the network was given, already enlarged
 * @param size of the input, as it is written
 * @param meaning what the greys mean
 */
record MapKey(Optional<Raster> input, String size, GreyScale.Meaning meaning) {
  private static final String INPUT = "input";
  private static final int LEAST_WIDTH = 144;
  private static final int RAMP = 14;
  private static final int SPACE = 5;
  private static final int WHITE = 255;

  /** Draws it. */
  Raster draw() {
    int width = Math.max(input.map(Raster::width).orElse(0), LEAST_WIDTH);
    int label = input.map(Raster::height).orElse(0) + SPACE;
    int ramp = input.isEmpty() ? 0 : label + Lettering.height(2) + 4 * SPACE;
    int words = ramp + RAMP + SPACE;
    int whose = words + Lettering.height(1) + SPACE;
    int channels = input.map(Raster::channels).orElse(1);
    Raster key = Raster.black(width, whose + Lettering.height(1), channels);
    key.fill(MapSheet.GROUND);
    input.ifPresent(picture -> {
      key.paint(picture, 0, 0);
      Lettering.paint(key, INPUT, 0, label, 2, MapSheet.INK);
      int small = label + Lettering.height(1);
      Lettering.paint(key, size, right(size, width), small, 1, MapSheet.FAINT);
    });
    key.paint(ramp(width), 0, ramp);
    Lettering.paint(key, meaning.black(), 0, words, 1, MapSheet.FAINT);
    int middle = (width - Lettering.width(meaning.middle(), 1)) / 2;
    Lettering.paint(key, meaning.middle(), middle, words, 1, MapSheet.FAINT);
    Lettering.paint(key, meaning.white(), right(meaning.white(), width), words, 1, MapSheet.FAINT);
    Lettering.paint(key, meaning.whose(), 0, whose, 1, MapSheet.FAINT);
    return key;
  }

  private static int right(String text, int width) {
    return width - Lettering.width(text, 1);
  }

  private static Raster ramp(int width) {
    Raster ramp = Raster.black(width, RAMP, 1);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < RAMP; y++) {
        ramp.set(x, y, 0, WHITE * x / (width - 1));
      }
    }
    return ramp;
  }
}
