package dev.vitrine.look;

import dev.vitrine.image.Raster;
import dev.vitrine.look.View.Picture;
import dev.vitrine.look.View.Pictures;
import dev.vitrine.look.View.Section;
import dev.vitrine.look.pixels.Maximisation;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures that units answer strongly to. */
public final class MaximisedView {
  private static final int WHITE = 255;

  private MaximisedView() {}

  /**
   * A unit with its picture.
   *
   * @param unit what it is called, such as {@code conv1:3}
   * @param found the picture
   */
  public record Seen(String unit, Maximisation found) {}

  /**
   * {@return the view}
   *
   * @param title of the network
   * @param seen at least one
   * @param shape of the network's input {@code (C, H, W)}
   * @param black its numbers for a black picture
   * @param white its numbers for a white one
   */
  public static View of(String title, List<Seen> seen, Shape shape, float[] black, float[] white) {
    List<Picture> pictures = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    List<Map<String, Object>> json = new ArrayList<>();
    for (Seen one : seen) {
      Maximisation found = one.found();
      Raster raster = raster(shape, found.numbers(), black, white);
      String from = Say.number(found.before());
      String to = Say.number(found.after());
      pictures.add(
          new Picture("%s: %s → %s".formatted(one.unit(), from, to), Shades.enlarged(raster)));
      sentences.add(
          "%s gives %s for grey with a little noise and %s for its picture."
              .formatted(one.unit(), from, to));
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("unit", one.unit());
      entry.put("before", found.before());
      entry.put("after", found.after());
      entry.put("numbers", found.numbers());
      json.add(entry);
    }
    String recipe =
        "Gradient ascent from mid grey with noise of 1 %% (seed 42): %s steps of 2 %% of the way from black to white, held between the two, smoothed after every fourth but the last twenty. Of a channel the mean over its places is climbed."
            .formatted(Maximisation.STEPS);
    return new View(
        title,
        sentences,
        List.of(Section.of("What units answer to", new Pictures(recipe, pictures))),
        new LinkedHashMap<>(Map.of("units", json)));
  }

  /** Numbers as a picture: grey, or the first three channels as red, green and blue. */
  private static Raster raster(Shape shape, float[] numbers, float[] black, float[] white) {
    int channels = shape.size(0) >= 3 ? 3 : 1;
    int pixels = shape.size(1) * shape.size(2);
    Raster raster = Raster.black(shape.size(2), shape.size(1), channels);
    for (int i = 0; i < channels * pixels; i++) {
      double range = (double) white[i] - black[i];
      double share = range == 0 ? 0 : (numbers[i] - black[i]) / range;
      int at = i % pixels;
      int value = Math.clamp(Math.round(WHITE * share), 0, WHITE);
      raster.set(at % shape.size(2), at / shape.size(2), i / pixels, value);
    }
    return raster;
  }
}
