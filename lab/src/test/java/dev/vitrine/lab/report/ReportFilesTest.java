package dev.vitrine.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.report.Html;
import dev.vitrine.report.Series.Point;
import dev.vitrine.report.Series.Range;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportFilesTest {
  private static final Figure CURVES =
      new Figure(
          "cost",
          "Cost by epoch",
          Figure.Scale.linear("epoch"),
          Figure.Scale.log("loss"),
          List.of(
              new Figure.Line(
                  "sgd, a \"rule\"",
                  List.of(new Point(1, 0.5), new Point(2, Double.NaN), new Point(3, 0.125)),
                  List.of(new Range(1, 0.4, 0.6), new Range(2, 0, 0), new Range(3, 0.1, 0.2)),
                  true),
              Figure.Line.scattered("points", List.of(new Point(2, Double.POSITIVE_INFINITY)))));

  private static final Report REPORT =
      new Report(
          "try",
          "A <title>",
          "Does it work?",
          List.of("It does & more."),
          List.of(
              Report.Section.of(
                  "Curves",
                  new Block.Text("A sentence."),
                  CURVES,
                  Grid.of("best", "The best", "arm", "accuracy, %").row("a|b", "98.1 ± 0.2")),
              Report.Section.of(
                  "Pictures",
                  new Picture(
                      "matrix",
                      "A matrix",
                      Html.element("b", "x"),
                      400,
                      List.of(List.of("actual", "a,b"), List.of("a,b", "7"))))),
          Map.of("command", "vitrine study try"));

  @Test
  void allOfItIsOnDisk(@TempDir Path folder) throws Exception {
    Path page = ReportFiles.write(folder, REPORT);
    String html = Files.readString(page);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html.replace("<!DOCTYPE html>", ""))));
    assertThat(html)
        .contains("A &lt;title&gt;", "It does &amp; more.", "98.1 ± 0.2", "Cost by epoch");
    assertThat(Files.readString(folder.resolve("figures/matrix.csv")))
        .isEqualTo("actual,\"a,b\"\n\"a,b\",7\n");
    assertThat(Files.readString(folder.resolve("figures/cost.csv")))
        .isEqualTo(
            """
            line,epoch,loss,low,high
            "sgd, a ""rule""\",1.0,0.5,0.4,0.6
            "sgd, a ""rule""\",2.0,NaN,0.0,0.0
            "sgd, a ""rule""\",3.0,0.125,0.1,0.2
            points,2.0,Infinity,,
            """);
    assertThat(Files.readString(folder.resolve("figures/cost.svg"))).startsWith("<svg xmlns=");
    assertThat(Files.readString(folder.resolve("tables/best.csv")))
        .isEqualTo("arm,\"accuracy, %\"\na|b,98.1 ± 0.2\n");
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("- It does & more.", "| a\\|b | 98.1 ± 0.2 |", "`figures/cost.svg`");
    assertThat(folder.resolve("figures/matrix.html")).exists();
  }

  @Test
  void thereIsNoHalfEpoch() {
    assertThat(CURVES.svg().markup())
        .contains(">1</text>", ">2</text>", ">3</text>")
        .doesNotContain(">1.5</text>");
  }

  @Test
  void moreLinesThanStylesAreDrawn() {
    List<Figure.Line> lines = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      lines.add(Figure.Line.of("line number " + i, List.of(new Point(0, i), new Point(1, i))));
    }
    String svg =
        new Figure("many", "Many", Figure.Scale.linear("x"), Figure.Scale.linear("y"), lines)
            .svg()
            .markup();
    assertThat(svg.split("<path", -1)).hasSize(13);
  }

  @Test
  void rowsAreAsLongAsTheHead() {
    assertThatThrownBy(() -> Grid.of("t", "T", "a", "b").row("1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows of 2 cells");
  }
}
