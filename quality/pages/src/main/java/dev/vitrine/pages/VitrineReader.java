package dev.vitrine.pages;

import dev.vitrine.image.Raster;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.vision.PhotoReader;
import dev.vitrine.vision.ReadLine;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Step;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.model.EmbeddedDigits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Vitrine's own reader, with the embedded network. */
final class VitrineReader implements Reader {
  private final DigitModel model = EmbeddedDigits.open(KernelChoice.best().kernels());
  private final PhotoReader reader;

  VitrineReader(Set<Step> without) {
    reader = PhotoReader.of(model).without(without);
  }

  @Override
  public Reading read(Raster picture) {
    var reading = reader.read(picture, 1);
    List<int[]> boxes = new ArrayList<>();
    for (ReadLine line : reading.lines()) {
      line.digits().forEach(digit -> boxes.add(corners(reading.inPhoto(digit.box()))));
    }
    return new Reading(reading.text().replace('\n', '/'), boxes);
  }

  private static int[] corners(Box box) {
    return new int[] {box.left(), box.top(), box.right(), box.bottom()};
  }

  @Override
  public void close() {
    model.close();
  }
}
