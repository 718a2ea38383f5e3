package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.metrics.Mistake;
import dev.vitrine.predict.Guess;
import dev.vitrine.report.Html.Element;
import java.util.Base64;
import java.util.Locale;

/** The section with the pictures that were misread with the most confidence. */
final class MistakesSection {
  private static final int LONGEST_LEVEL = 3;

  private final RunReport report;

  private MistakesSection(RunReport report) {
    this.report = report;
  }

  static Element section(RunReport report) {
    var worst = report.evaluation().worst();
    String share =
        worst.size() == report.evaluation().errors()
            ? "All of them, the largest loss first."
            : "The %s with the largest loss of %s, worst first."
                .formatted(
                    Numbers.count(worst.size()), Numbers.count(report.evaluation().errors()));
    var self = new MistakesSection(report);
    return element(
        "section",
        element("h2", "What it misread"),
        element(
            "div",
            element("p", share + " Below each picture: its two best guesses.")
                .with("class", "note"),
            element("div")
                .with("class", kind(report))
                .addAll(worst.stream().map(self::card).toList())));
  }

  /** Long names do not fit beside their bars; the bars go under them. */
  private static String kind(RunReport report) {
    boolean level = report.classNames().stream().allMatch(name -> name.length() <= LONGEST_LEVEL);
    return level ? "gallery" : "gallery stacked";
  }

  private Element card(Mistake mistake) {
    String actual = report.classNames().get(mistake.actual());
    String read = report.classNames().get(mistake.best().index());
    return element("figure")
        .with("class", "card")
        .add(
            picture(
                mistake, "Example %s: %s, read as %s".formatted(mistake.example(), actual, read)),
            element(
                "figcaption",
                element("div", element("strong", actual), element("span", "#" + mistake.example()))
                    .with("class", "actual"),
                guess(mistake.best(), mistake),
                guess(mistake.second(), mistake)));
  }

  private Element picture(Mistake mistake, String description) {
    Raster picture = report.pictures().apply(mistake.example());
    String encoded = Base64.getEncoder().encodeToString(Png.bytes(picture));
    return element("img")
        .with("src", "data:image/png;base64," + encoded)
        .with("width", Integer.toString(picture.width()))
        .with("height", Integer.toString(picture.height()))
        .with("alt", description);
  }

  private Element guess(Guess guess, Mistake mistake) {
    String kind = guess.index() == mistake.actual() ? "guess right" : "guess wrong";
    String width = String.format(Locale.ROOT, "width:%.1f%%", 100 * guess.probability());
    return element("div")
        .with("class", kind)
        .add(
            element("span", report.classNames().get(guess.index())),
            element("span", element("i").with("style", width)).with("class", "bar"),
            element("span", Numbers.percent(guess.probability(), 1)));
  }
}
