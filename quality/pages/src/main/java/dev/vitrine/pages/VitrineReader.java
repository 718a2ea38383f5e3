package dev.vitrine.pages;

import dev.vitrine.image.Raster;
import java.util.List;

/** Interim. */
final class VitrineReader implements Reader {
  @Override
  public Reading read(Raster picture) {
    return new Reading("", List.of());
  }
}
