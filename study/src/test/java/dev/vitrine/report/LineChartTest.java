package dev.vitrine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.report.Series.Point;
import dev.vitrine.report.Series.Range;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChartTest {
  // The plot reaches from 54 to 188 across and from 80 up to 30: 134 by 50.
  private static LineChart chart(Axis y, Series... series) {
    return new LineChart(
        "loss & <more>", Axis.exact("epoch", 0, 2, 3), y, List.of(series), 200, 120);
  }

  private static final Axis TEN = Axis.linear("nats", 0, 10, 3);

  @Test
  void drawsPointsWhereTheyBelong() {
    var series =
        Series.of("training", 1, List.of(new Point(0, 0), new Point(1, 10), new Point(2, 5)));
    assertThat(chart(TEN, series).svg().markup()).contains("d=\"M54,80L121,30L188,55\"");
  }

  /**
   * Eight units a digit, as the widest of usual faces have them: the texts begin and end within the
   * drawing.
   */
  @Test
  void longTextsOfTicksHaveRoom() {
    Series series = Series.of("a", 0, List.of(new Point(0, 0), new Point(100_000, 1_000_000)));
    String svg =
        new LineChart(
                "far",
                Axis.linear("parameters", 0, 100_000, 3),
                Axis.linear("", 0, 1_000_000, 3),
                List.of(series),
                400,
                200)
            .svg()
            .markup();
    assertThat(svg)
        .contains("<text x=\"72\" y=\"34\" text-anchor=\"end\">1,000,000</text>")
        .contains("<text x=\"372\" y=\"178\" text-anchor=\"middle\">100,000</text>")
        .contains("d=\"M80,160L372,30\"");
  }

  @Test
  void drawsLogarithmically() {
    var series = Series.of("a", 0, List.of(new Point(0, 0.01), new Point(2, 0.1)));
    assertThat(chart(Axis.log("nats", 0.01, 1), series).svg().markup())
        .contains("d=\"M54,80L188,55\"");
  }

  @Test
  void interruptsTheLineWhereThereIsNoNumber() {
    var series =
        Series.of(
            "a",
            0,
            List.of(
                new Point(0, 0), new Point(0.5, Double.NaN), new Point(1, 10), new Point(2, 5)));
    assertThat(chart(TEN, series).svg().markup()).contains("d=\"M54,80M121,30L188,55\"");
  }

  @Test
  void labelsAxesTicksAndLines() {
    var series = Series.of("training & <co>", 1, List.of(new Point(0, 1), new Point(2, 2)));
    assertThat(chart(TEN, series).svg().markup())
        .contains(">epoch</text>")
        .contains(">nats</text>")
        .contains("y=\"34\" text-anchor=\"end\">10</text>")
        .contains("y=\"59\" text-anchor=\"end\">5</text>")
        .contains("x=\"121\" y=\"98\" text-anchor=\"middle\">1</text>")
        .contains(">training &amp; &lt;co&gt;</text>")
        .contains("aria-label=\"loss &amp; &lt;more&gt;\"");
  }

  @Test
  void readsOutEverySeriesAtEveryPlace() {
    var left = Series.of("validation", 0, List.of(new Point(0, 1.2345), new Point(2, 2)));
    var right = Series.of("training", 1, List.of(new Point(0, 3), new Point(1, 4)));
    String svg = chart(TEN, left, right).svg().markup();

    assertThat(svg.split("class=\"place\"")).hasSize(1 + 3);
    assertThat(svg)
        .contains(
            "epoch 0</tspan><tspan dx=\"14\" class=\"s0\">validation 1.23</tspan>"
                + "<tspan dx=\"14\" class=\"s1\">training 3.00</tspan>")
        .contains("epoch 1</tspan><tspan dx=\"14\" class=\"s1\">training 4.00</tspan></text>");
  }

  @Test
  void thinsALongLineToMeansAndRanges() {
    var points = IntStream.range(0, 10).mapToObj(i -> new Point(i, i % 2 == 0 ? i : -i)).toList();
    Series thin = Series.of("a", 2, points).thinned(4);

    assertThat(thin.points())
        .containsExactly(
            new Point(1, -0.5), new Point(3, 1), new Point(6, 0.5), new Point(8, -8.0 / 3));
    assertThat(thin.band())
        .containsExactly(
            new Range(1, -1, 0), new Range(3, -3, 4), new Range(6, -5, 6), new Range(8, -9, 8));
    assertThat(Series.of("a", 2, points).thinned(10).points()).isEqualTo(points);
    assertThat(chart(Axis.linear("", -10, 10, 3), thin).svg().markup()).contains("class=\"band\"");
  }

  @Test
  void refusesAStyleThatIsNot() {
    assertThatThrownBy(() -> Series.of("a", 8, List.of()))
        .hasMessage("Series a expects a style from 0 to 7, but got 8");
  }
}
