package dev.vitrine.lab.studies;

import static dev.vitrine.report.Html.element;

import dev.vitrine.data.Dataset;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.lab.report.Picture;
import dev.vitrine.metrics.Mistake;
import dev.vitrine.report.Html.Element;
import java.util.Base64;
import java.util.List;

/** The pictures behind the most confused pairs: a row for each, the worst mistakes first. */
final class MisreadPairs {
  private static final int MOST = 10;
  private static final int WIDTH = 760;

  private MisreadPairs() {}

  static Picture picture(List<ConfusedPairs.Pair> pairs, Dataset data) {
    Element rows = element("div").with("class", "strips");
    for (ConfusedPairs.Pair pair : pairs) {
      Element strip = element("div").with("class", "strip");
      for (Mistake mistake : pair.mistakes().stream().limit(MOST).toList()) {
        strip = strip.add(card(mistake, data));
      }
      rows =
          rows.add(
              element(
                  "p",
                  "%s: %s, of which %s are %s read as %s"
                      .formatted(
                          pair.name(),
                          pair.count(),
                          pair.from(pair.low()),
                          pair.low(),
                          pair.high())),
              strip);
    }
    return new Picture(
        "misread",
        "The most confused pairs, and up to %s images of each: those that the network was surest of, first. Below each: what it is, and what it was read as."
            .formatted(MOST),
        rows,
        WIDTH);
  }

  private static Element card(Mistake mistake, Dataset data) {
    Raster picture = data.picture(mistake.example());
    String read = "%s → %s".formatted(mistake.actual(), mistake.best().index());
    return element(
        "figure",
        element("img")
            .with(
                "src",
                "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.bytes(picture)))
            .with("width", Integer.toString(picture.width()))
            .with("height", Integer.toString(picture.height()))
            .with("alt", "Test image %s: %s".formatted(mistake.example(), read)),
        element("figcaption", read));
  }
}
