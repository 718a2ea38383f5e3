package dev.vitrine.vision.page;

import static dev.vitrine.report.Html.element;

import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.image.Resampler;
import dev.vitrine.report.Html;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Page;
import dev.vitrine.vision.ReadDigit;
import dev.vitrine.vision.ReadLine;
import dev.vitrine.vision.Reading;
import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Rejected;
import dev.vitrine.vision.model.DigitModel;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Readings as one page, self-contained and without script: the annotated photographs, each digit as
 * found, as cut and as the network sees it, why what was rejected is no digit, and how the ink was
 * found. Photographs are added one by one; an instance belongs to one thread.
 */
public final class ReadingPage {
  private static final int LARGE = 84;
  private static final int WIDEST = 1100;
  private static final int STEP = 640;
  private static final int WHITE = 255;
  private static final double WORTH_SAYING = 0.01;
  private static final double LEAST = 0.005;
  private static final int MOST_REJECTED = 24;

  private static final String RULES =
      """
      .read .digits { display: flex; flex-wrap: wrap; gap: 1rem 1.25rem; }
      .read .digits figure { margin: 0; padding: 0 0 0.4rem; width: 258px; border-bottom: 3px solid #00823c; }
      .read .digits figure.unsure { border-color: #e16400; }
      .read .digits figure.none { border-color: #c8323c; width: 9rem; }
      .read .digits figcaption { margin: 0.3rem 0 0; font-variant-numeric: tabular-nums; }
      .read .digits strong { font-size: 1.25em; }
      .read .digits + .note { margin: 0.9rem 0 0; }
      .read .digits figure.step { border: 0; width: auto; max-width: 100%; }
      .read .step img { max-width: 100%; height: auto; display: block; }
      .read .three { display: flex; gap: 3px; }
      .read .fault { color: var(--warm); }
      .read h2 { overflow-wrap: anywhere; }
      .read .photo figcaption { margin-top: 0.5rem; }
      .read .photo img { max-width: 100%; height: auto; display: block; }
      """;

  private final DigitModel model;
  private final String command;
  private final List<String> names = new ArrayList<>();
  private final List<Element> sections = new ArrayList<>();
  private int digits;

  /**
   * An empty page.
   *
   * @param model what reads the photographs; it is asked for its name and how far it can be
   *     believed
   * @param command that gives the page again
   */
  public ReadingPage(DigitModel model, String command) {
    this.model = Objects.requireNonNull(model, "model");
    this.command = Objects.requireNonNull(command, "command");
  }

  /**
   * Adds a photograph. Its reading is drawn here and need not be kept.
   *
   * @param name what it is called: a file, or its name
   * @param reading what it says
   * @param reject digits that are less probable stand as {@code ?} above their line
   */
  public void add(String name, Reading reading, double reject) {
    names.add(last(name));
    digits += reading.count();
    sections.addAll(sections(last(name), reading, reject));
  }

  /**
   * Adds a photograph that could not be read; one that was added already keeps its pictures.
   *
   * @param name what it is called
   * @param sentence why
   */
  public void addFault(String name, String sentence) {
    String heading = last(name);
    if (names.isEmpty() || !names.getLast().equals(heading)) {
      names.add(heading);
      sections.add(element("section", element("h2", heading)).with("class", "whole"));
    }
    sections.add(element("p", sentence).with("class", "fault"));
  }

  /** {@return the page as HTML, which is well-formed XML too} */
  public String html() {
    String title =
        names.size() == 1
            ? "Digits in " + names.getFirst()
            : "Digits in %s photographs".formatted(names.size());
    List<Element> all = new ArrayList<>();
    all.add(
        element(
            "header",
            element("p", "Vitrine · read").with("class", "kicker"),
            element("h1", title),
            element(
                "p",
                "%s, read by %s. Green boxes are sure, orange ones should be looked at, thin red ones hold ink that is not read."
                    .formatted(counted(digits, "digit"), model.title()))));
    all.addAll(sections);
    if (!model.reliability().isEmpty()) {
      all.add(ReliabilityFigure.of(model.reliability()));
    }
    all.add(element("section", element("h2", "Again"), element("pre", element("code", command))));
    return Page.html(title, "study read", all, new Html.Style(RULES), List.of());
  }

  /** The last part of a path, on any system; names of what was sent need be no paths. */
  private static String last(String name) {
    String end = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return end.isEmpty() ? name : end;
  }

  private static List<Element> sections(String name, Reading reading, double reject) {
    List<Element> sections = new ArrayList<>();
    Raster annotated = AnnotatedPhoto.of(reading);
    Element photo =
        element(
                "figure",
                image(reduced(annotated, WIDEST), "the photograph with its digits in boxes"),
                element("figcaption", facts(reading)))
            .with("class", "photo");
    sections.add(element("section", element("h2", name), photo).with("class", "whole"));
    sections.add(steps(reading));
    for (int i = 0; i < reading.lines().size(); i++) {
      sections.add(line(i + 1, reading.lines().get(i), reading, reject));
    }
    if (!reading.rejected().isEmpty()) {
      sections.add(rejected(reading));
    }
    return sections;
  }

  /** The photograph after each step of finding ink; folded, for those who ask. */
  private static Element steps(Reading reading) {
    Element cards = element("div").with("class", "digits");
    for (ReadingSteps.Shown step : ReadingSteps.of(reading)) {
      cards =
          cards.add(
              element(
                      "figure",
                      image(reduced(step.picture(), STEP), step.name()),
                      element("figcaption", step.name()))
                  .with("class", "step"));
    }
    return element(
        "section",
        element("h3", "Steps"),
        element("details", element("summary", "How the ink was found"), cards));
  }

  private static String facts(Reading reading) {
    String turned =
        reading.view().quarters() == 0
            ? ""
            : ", turned by %s°".formatted(90 * reading.view().quarters());
    String sheet = reading.onSheet() ? ", on a sheet; what is around it is left out" : "";
    return "%s in %s, taken for %s%s%s"
        .formatted(
            counted(reading.count(), "digit"),
            counted(reading.lines().size(), "line"),
            reading.polarity().words(),
            turned,
            sheet);
  }

  private static String counted(int count, String what) {
    return "%s %s%s".formatted(count, what, count == 1 ? "" : "s");
  }

  private static Element line(int number, ReadLine line, Reading reading, double reject) {
    Element cards = element("div").with("class", "digits");
    for (ReadDigit digit : line.digits()) {
      cards = cards.add(card(digit, reading));
    }
    Element heading = element("h3", "Line %s: %s".formatted(number, line.text(reject)));
    if (line.alternatives().stream().noneMatch(o -> o.probability() >= WORTH_SAYING)) {
      return element("section", heading, cards);
    }
    String others =
        String.join(
            ", ",
            line.alternatives().stream()
                .filter(other -> other.probability() >= WORTH_SAYING)
                .map(other ->
                    "%s (%s)"
                        .formatted(
                            other.text().isEmpty() ? "nothing" : other.text(),
                            percent(other.probability())))
                .toList());
    return element(
        "section",
        heading,
        element("div", cards, element("p", "Other readings: " + others).with("class", "note")));
  }

  private static Element card(ReadDigit digit, Reading reading) {
    Element pictures =
        element(
            "div",
            image(boxed(crop(reading.seen(), digit.box()), WHITE), "as found"),
            image(boxed(ink(digit.candidate().piece().ink()), WHITE), "as cut"),
            image(seen(digit.candidate().cut()), "as the network sees it"));
    return element(
            "figure",
            pictures.with("class", "three"),
            element(
                "figcaption",
                element("strong", Integer.toString(digit.digit())),
                element(
                    "span",
                    " %s, or %s, %s%s"
                        .formatted(
                            percent(digit.probability()),
                            digit.second(),
                            percent(digit.secondProbability()),
                            digit.unsure() ? doubt(digit) + " (unsure)" : ""))))
        .with("class", digit.unsure() ? "unsure" : "sure");
  }

  /** What else it may be, where that is likelier than the second guess. */
  private static String doubt(ReadDigit digit) {
    String second = "or %s, %s".formatted(digit.second(), percent(digit.secondProbability()));
    return digit.otherwise().equals(second) ? "" : ", " + digit.otherwise();
  }

  private static Element rejected(Reading reading) {
    List<Rejected> largest =
        reading.rejected().stream()
            .sorted(Comparator.comparingInt((Rejected r) -> r.piece().area()).reversed())
            .limit(MOST_REJECTED)
            .toList();
    Element cards = element("div").with("class", "digits");
    for (Rejected each : largest) {
      cards =
          cards.add(
              element(
                      "figure",
                      image(boxed(crop(reading.seen(), each.piece().box()), WHITE), "as found"),
                      element("figcaption", each.reason()))
                  .with("class", "none"));
    }
    int more = reading.rejected().size() - largest.size();
    Element heading = element("h3", "Not read");
    return more == 0
        ? element("section", heading, cards)
        : element(
            "section",
            heading,
            element(
                "div",
                cards,
                element("p", "and %s smaller".formatted(counted(more, "piece")))
                    .with("class", "note")));
  }

  private static Raster reduced(Raster picture, int most) {
    int longer = Math.max(picture.width(), picture.height());
    return longer <= most
        ? picture
        : Resampler.resize(
            picture,
            Math.max(1, picture.width() * most / longer),
            Math.max(1, picture.height() * most / longer));
  }

  /** A square around a box, as far as the picture goes. */
  private static Raster crop(Raster picture, Box box) {
    int side = box.longer() + 2 * Math.max(2, box.longer() / 10);
    int width = Math.min(side, picture.width());
    int height = Math.min(side, picture.height());
    int left = Math.clamp(box.left() + (box.width() - side) / 2, 0, picture.width() - width);
    int top = Math.clamp(box.top() + (box.height() - side) / 2, 0, picture.height() - height);
    Raster crop = Raster.black(width, height, picture.channels());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < picture.channels(); channel++) {
          crop.set(x, y, channel, picture.get(left + x, top + y, channel));
        }
      }
    }
    return crop;
  }

  private static Raster ink(Ink ink) {
    Raster picture = Raster.black(ink.width(), ink.height(), 1);
    for (int y = 0; y < ink.height(); y++) {
      for (int x = 0; x < ink.width(); x++) {
        picture.set(x, y, 0, Math.round(WHITE * Math.clamp(1.6f - 2 * ink.at(x, y), 0f, 1f)));
      }
    }
    return picture;
  }

  private static Raster seen(float[] cut) {
    Raster picture = Raster.black(MnistCut.SIDE, MnistCut.SIDE, 1);
    for (int i = 0; i < cut.length; i++) {
      picture.set(i % MnistCut.SIDE, i / MnistCut.SIDE, 0, Math.round(WHITE * cut[i]));
    }
    return picture.enlarged(LARGE / MnistCut.SIDE);
  }

  /** In the middle of a square, as large as fits. */
  private static Raster boxed(Raster picture, int ground) {
    double scale = (double) LARGE / Math.max(picture.width(), picture.height());
    int width = Math.clamp(Math.round(picture.width() * scale), 1, LARGE);
    int height = Math.clamp(Math.round(picture.height() * scale), 1, LARGE);
    Raster square = Raster.black(LARGE, LARGE, picture.channels());
    square.fill(ground);
    square.paint(
        Resampler.resize(picture, width, height), (LARGE - width) / 2, (LARGE - height) / 2);
    return square;
  }

  private static Element image(Raster picture, String words) {
    return element("img")
        .with(
            "src",
            "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.bytes(picture)))
        .with("width", Integer.toString(picture.width()))
        .with("height", Integer.toString(picture.height()))
        .with("alt", words)
        .with("title", words);
  }

  /** In whole per cent; what is likely, but less than that, is not nothing. */
  private static String percent(double probability) {
    return probability > 0 && probability < LEAST
        ? "under 1 %"
        : String.format(Locale.ROOT, "%.0f %%", 100 * probability);
  }
}
