package dev.vitrine.look;

import dev.vitrine.image.Raster;
import dev.vitrine.look.View.Picture;
import dev.vitrine.look.View.Pictures;
import dev.vitrine.look.View.Section;
import dev.vitrine.look.View.Table;
import dev.vitrine.look.pixels.Attribution;
import dev.vitrine.look.pixels.Occlusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the scores of classes owe to the pixels of pictures, alike ones on one signed scale. */
public final class PixelView {
  private PixelView() {}

  /**
   * A picture with what its class's score owes to its pixels.
   *
   * @param name what it is called
   * @param view as the network is given it
   * @param scored the class whose score it is, by name
   * @param attribution by gradients, if it is wanted
   * @param occlusion by covering, if it is wanted
   */
  public record Seen(
      String name,
      Raster view,
      String scored,
      Optional<Attribution> attribution,
      Optional<Occlusion> occlusion) {}

  /**
   * {@return the view}
   *
   * @param title of the network
   * @param seen at least one, all with the same parts
   * @param ground what the baseline is called, such as black
   */
  public static View of(String title, List<Seen> seen, String ground) {
    Shades gradients = shades(seen, one -> one.attribution().map(PixelView::gradient));
    Shades integrated =
        shades(seen, one -> one.attribution().map(a -> pixels(one, a.integrated())));
    Shades falls = shades(seen, one -> one.occlusion().map(Occlusion::falls));
    List<Section> sections = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    List<Map<String, Object>> json = new ArrayList<>();
    for (Seen one : seen) {
      List<Picture> pictures = new ArrayList<>();
      pictures.add(
          new Picture(
              "%s, scored as %s".formatted(one.name(), one.scored()), Shades.enlarged(one.view())));
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("shown", one.name());
      entry.put("class", one.scored());
      one.attribution()
          .ifPresent(a -> {
            int width = one.view().width();
            pictures.add(
                new Picture(
                    "gradient of the score", gradients.picture(pixels(one, gradient(a)), width)));
            pictures.add(
                new Picture(
                    "integrated gradients: what each pixel adds to the score",
                    integrated.picture(pixels(one, a.integrated()), width)));
            sentences.add(complete(one, a, ground));
            json(entry, a);
          });
      one.occlusion()
          .ifPresent(o -> {
            Raster map = falls.plain(o.falls(), o.columns());
            int factor = Math.max(1, Shades.enlarged(one.view()).width() / o.columns());
            pictures.add(
                new Picture(
                    "fall of the score where a square of %s×%s is covered"
                        .formatted(o.side(), o.side()),
                    map.enlarged(factor)));
            sentences.add(covered(one, o));
            json(entry, o);
          });
      json.add(entry);
      sections.add(Section.of(one.name(), new Pictures("", pictures)));
    }
    List<List<String>> scales = new ArrayList<>();
    if (seen.getFirst().attribution().isPresent()) {
      scales.add(List.of("gradient", Say.number(gradients.most())));
      scales.add(List.of("integrated gradients", Say.number(integrated.most())));
    }
    if (seen.getFirst().occlusion().isPresent()) {
      scales.add(List.of("fall of the score", Say.number(falls.most())));
    }
    sections.add(
        Section.of(
            "Scales",
            new View.Text(
                "Pictures of a kind have one scale: white is 0, the deepest orange the number below, the deepest blue its negative. Of coloured pictures the channels are added."),
            new Table("Scales", List.of("", "deepest"), scales)));
    return new View(title, sentences, sections, new LinkedHashMap<>(Map.of("pictures", json)));
  }

  private interface Part {
    Optional<double[]> of(Seen seen);
  }

  private static Shades shades(List<Seen> seen, Part part) {
    return Shades.of(
        seen.stream()
            .flatMap(one -> part.of(one).stream())
            .flatMapToDouble(Arrays::stream)
            .toArray());
  }

  private static double[] gradient(Attribution a) {
    double[] wide = new double[a.gradient().length];
    Arrays.setAll(wide, i -> a.gradient()[i]);
    return wide;
  }

  /** The sum over the channels. */
  private static double[] pixels(Seen one, double... values) {
    int pixels = one.view().width() * one.view().height();
    double[] sums = new double[pixels];
    for (int i = 0; i < values.length; i++) {
      sums[i % pixels] += values[i];
    }
    return sums;
  }

  private static String complete(Seen one, Attribution a, String ground) {
    double difference = a.score() - a.baseline();
    return String.format(
        Locale.ROOT,
        "%s: the score of %s is %s, of a %s picture %s; the integrated gradients sum to %s, the difference is %s (%,d points of the way, %.3f %% off).",
        one.name(),
        one.scored(),
        Say.number(a.score()),
        ground,
        Say.number(a.baseline()),
        Say.number(a.sum()),
        Say.number(difference),
        a.points(),
        difference == 0 ? 0 : 100 * Math.abs(a.sum() - difference) / Math.abs(difference));
  }

  private static String covered(Seen one, Occlusion o) {
    int most = 0;
    for (int i = 1; i < o.falls().length; i++) {
      most = o.falls()[i] > o.falls()[most] ? i : most;
    }
    return "%s: covering a square of %s×%s lowers the score of %s by up to %s, around row %s, column %s."
        .formatted(
            one.name(),
            o.side(),
            o.side(),
            one.scored(),
            Say.number(o.falls()[most]),
            most / o.columns() * o.stride(),
            most % o.columns() * o.stride());
  }

  private static void json(Map<String, Object> entry, Attribution a) {
    entry.put("score", a.score());
    entry.put("baseline", a.baseline());
    entry.put("gradient", a.gradient());
    entry.put("integrated", a.integrated());
    entry.put("sum", a.sum());
    entry.put("points", a.points());
  }

  private static void json(Map<String, Object> entry, Occlusion o) {
    entry.put("square", o.side());
    entry.put("stride", o.stride());
    entry.put("rows", o.rows());
    entry.put("columns", o.columns());
    entry.put("falls", o.falls());
  }
}
