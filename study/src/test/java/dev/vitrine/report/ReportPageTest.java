package dev.vitrine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.image.Raster;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.EvaluationBuilder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportPageTest {
  private static final RunReport REPORT =
      SampleReport.of(SampleReport.labels(2_000), SampleReport.DIGITS, SampleReport::picture);

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document page, String tag) {
    var found = new ArrayList<Element>();
    var nodes = page.getElementsByTagName(tag);
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  /** What the page says, without the line breaks of its markup. */
  private static String text(Document page) {
    return elements(page, "body").getFirst().getTextContent().replace("\n", "");
  }

  private static List<String> headings(Document page) {
    return elements(page, "h2").stream().map(Element::getTextContent).toList();
  }

  @Test
  void hasEverySection() throws Exception {
    Document page = parse(ReportPage.html(REPORT));

    assertThat(headings(page))
        .containsExactly(
            "Training",
            "What it confuses",
            "What it misread",
            "The network",
            "Epoch by epoch",
            "To get it again");
    assertThat(elements(page, "h1").getFirst().getTextContent()).isEqualTo("LeNet on MNIST");
  }

  @Test
  void tellsTheResult() throws Exception {
    Evaluation evaluation = REPORT.evaluation();
    String text = text(parse(ReportPage.html(REPORT)));

    assertThat(evaluation.errors()).isEqualTo(15);
    assertThat(text)
        .contains("99.25\u202f%of the MNIST test set read right; 15 of 2,000 misread.")
        .contains("Wilson’s 95 % interval: 98.77 to 99.54\u202f%")
        .contains(evaluation.confusion().confusedPairs().getFirst().sentence(SampleReport.DIGITS))
        .contains("conv2Conv2d(20 → 50, 5×5)(50, 8, 8)25,0501,600,000")
        .contains("total431,0802,293,000")
        .contains("10.24092.800.081597.430.009419,1615.7")
        .contains("vitrine train --model lenet --data mnist --epochs 8 --batch 64 --seed 42")
        .contains("seed42parameterssha256:5c0e1f4f8f2a7b6d")
        .contains("kernelssimd, 512-bit vectors of 16 floats")
        .contains("Vitrine0.1.0")
        .contains("14 March 2026, 15:09 UTC")
        .contains("images/s9,318")
        .contains("time46.3\u202fs");
  }

  @Test
  void needsNothingButItself() throws Exception {
    String html = ReportPage.html(REPORT);
    Document page = parse(html);

    assertThat(elements(page, "script")).isEmpty();
    assertThat(elements(page, "link")).isEmpty();
    assertThat(elements(page, "img"))
        .isNotEmpty()
        .allMatch(image -> image.getAttribute("src").startsWith("data:image/png;base64,"))
        .allMatch(image -> !image.getAttribute("alt").isEmpty());
    assertThat(html).doesNotContain("url(").doesNotContain("@import");
    assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("://");
    assertThat(elements(page, "svg"))
        .hasSize(4)
        .allMatch(chart -> chart.getAttribute("aria-label").contains(" from "));
  }

  @Test
  void showsTheMisreadPicturesPixelByPixel() throws Exception {
    var images = elements(parse(ReportPage.html(REPORT)), "img");
    var worst = REPORT.evaluation().worst();

    assertThat(images).hasSameSizeAs(worst);
    for (int i = 0; i < images.size(); i++) {
      String source = images.get(i).getAttribute("src");
      String data = source.substring(source.indexOf(',') + 1);
      var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(data));
      BufferedImage shown = ImageIO.read(bytes);
      Raster given = SampleReport.picture(worst.get(i).example());
      assertThat(shown.getWidth()).isEqualTo(4);
      assertThat(shown.getHeight()).isEqualTo(3);
      for (int at = 0; at < 12; at++) {
        assertThat(shown.getRaster().getSample(at % 4, at / 4, 0))
            .isEqualTo(given.get(at % 4, at / 4, 0));
      }
    }
  }

  @Test
  void escapesEveryNameItIsGiven() throws Exception {
    String nasty = "</title><script>alert(\"1 & 2\")</script>'";
    var names = new ArrayList<>(SampleReport.DIGITS);
    names.set(7, nasty);
    names.set(2, nasty + "2");
    var report =
        new RunReport(
            nasty,
            nasty,
            nasty,
            nasty,
            SampleReport.provenance(nasty),
            REPORT.epochs(),
            REPORT.steps(),
            REPORT.layers(),
            REPORT.evaluation(),
            names,
            SampleReport::picture);
    Document page = parse(ReportPage.html(report));

    assertThat(elements(page, "script")).isEmpty();
    assertThat(elements(page, "title").getFirst().getTextContent()).isEqualTo(nasty + " · Vitrine");
    assertThat(elements(page, "pre").getFirst().getTextContent()).isEqualTo(nasty);
    assertThat(elements(page, "li").stream().map(Element::getTextContent))
        .anyMatch(sentence -> sentence.startsWith(nasty + " read as " + nasty + "2: "));
    assertThat(elements(page, "img").stream().map(image -> image.getAttribute("alt")))
        .anyMatch(description -> description.contains(nasty));
  }

  @Test
  void leavesOutWhatAnEvaluationAloneHasNot() throws Exception {
    var builder = new EvaluationBuilder(2, 5);
    builder.add(0, 1, new float[] {0, 1}, 0);
    var report =
        new RunReport(
            "Perfect",
            "mlp",
            "two",
            "two classes",
            SampleReport.provenance("vitrine evaluate"),
            List.of(),
            List.of(),
            List.of(),
            builder.build(),
            List.of("no", "yes"),
            SampleReport::picture);
    Document page = parse(ReportPage.html(report));

    assertThat(headings(page)).containsExactly("What it confuses", "To get it again");
    assertThat(text(page))
        .contains("100\u202f%of two classes read right; 0 of 1 misread.")
        .contains("Nothing: every image was read as what it is.");
  }

  @Test
  void drawsARunThatDivergedInItsFirstEpoch() throws Exception {
    var none = OptionalDouble.empty();
    var epoch = new EpochRow(1, Double.NaN, 0.1, none, none, 9_000, 0.5, 6);
    var steps = List.of(new StepLoss(1, 2.3), new StepLoss(2, Double.POSITIVE_INFINITY));
    var report =
        new RunReport(
            "Diverged",
            "lenet",
            "MNIST",
            "the test set",
            SampleReport.provenance("vitrine train"),
            List.of(epoch, new EpochRow(2, Double.NaN, 0.1, none, none, 9_000, 0.5, 6)),
            steps,
            List.of(),
            REPORT.evaluation(),
            SampleReport.DIGITS,
            SampleReport::picture);
    Document page = parse(ReportPage.html(report));

    assertThat(text(page)).contains("1not a number10.00");
    assertThat(elements(page, "svg").getFirst().getAttribute("aria-label"))
        .isEqualTo("Loss by epoch: training from not a number to not a number");
    assertThat(elements(page, "path")).allMatch(path -> !path.getAttribute("d").contains("NaN"));
  }

  @Test
  void drawsNoChartOfASinglePoint() throws Exception {
    List<EpochRow> one = SampleReport.epochs().subList(0, 1);
    Document page = parse(ReportPage.html(report(one, List.of(new StepLoss(20, 1.5)), REPORT)));

    assertThat(elements(page, "svg")).isEmpty();
    assertThat(headings(page)).doesNotContain("Training").contains("Epoch by epoch");
  }

  private static RunReport report(List<EpochRow> epochs, List<StepLoss> steps, RunReport like) {
    return new RunReport(
        like.title(),
        like.model(),
        like.data(),
        like.evaluatedOn(),
        like.provenance(),
        epochs,
        steps,
        like.layers(),
        like.evaluation(),
        like.classNames(),
        like.pictures());
  }

  @Test
  void everyTableScrollsInARegionWithAName() throws Exception {
    Document page = parse(ReportPage.html(REPORT));

    assertThat(elements(page, "table"))
        .hasSize(4)
        .allSatisfy(table -> {
          Element box = (Element) table.getParentNode();
          assertThat(box.getAttribute("class")).isEqualTo("scroll");
          assertThat(box.getAttribute("tabindex")).isEqualTo("0");
          assertThat(box.getAttribute("role")).isEqualTo("region");
          assertThat(box.getAttribute("aria-label")).isNotBlank();
        });
  }

  @Test
  void unfoldsManyClassesOnDemandAndShowsTheWeakest() throws Exception {
    var builder = new EvaluationBuilder(40, 0);
    for (int c = 0; c < 40; c++) {
      float[] logits = new float[40];
      logits[c == 17 || c == 30 ? 0 : c] = 5;
      builder.add(c, c, logits, 0);
    }
    var report =
        new RunReport(
            "Forty classes",
            "lenet",
            "forty",
            "forty classes",
            SampleReport.provenance("vitrine evaluate run"),
            List.of(),
            List.of(),
            List.of(),
            builder.build(),
            IntStream.range(0, 40).mapToObj(c -> "class " + c).toList(),
            SampleReport::picture);
    Document page = parse(ReportPage.html(report));

    assertThat(elements(page, "summary"))
        .extracting(Element::getTextContent)
        .containsExactly("All 40 classes");
    List<Element> tables = elements(page, "table");
    assertThat(tables).hasSize(2);
    assertThat(tables.get(0).getTextContent())
        .contains("class 17–001")
        .contains("class 30–001")
        .contains("class 033.3310050.001");
    assertThat(tables.get(0).getElementsByTagName("tr").getLength()).isEqualTo(1 + 10 + 1);
    assertThat(tables.get(1).getElementsByTagName("tr").getLength()).isEqualTo(1 + 40 + 1);
  }

  @Test
  void writesAFileOfItsOwn(@TempDir Path folder) throws Exception {
    Path target = folder.resolve("report.html");
    ReportPage.write(target, REPORT);
    ReportPage.write(target, REPORT);

    assertThat(Files.readString(target)).isEqualTo(ReportPage.html(REPORT));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void refusesTooFewNames() {
    assertThatThrownBy(() -> SampleReport.of(new int[] {1}, List.of("a"), SampleReport::picture))
        .hasMessage("A report on 10 classes expects as many names, but got 1");
  }
}
