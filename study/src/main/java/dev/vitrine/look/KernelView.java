package dev.vitrine.look;

import dev.vitrine.image.Raster;
import dev.vitrine.look.View.Block;
import dev.vitrine.look.View.Chart;
import dev.vitrine.look.View.Lines;
import dev.vitrine.look.View.Picture;
import dev.vitrine.look.View.Pictures;
import dev.vitrine.look.View.Section;
import dev.vitrine.look.kernel.FrequencyResponse;
import dev.vitrine.look.kernel.Kernel;
import dev.vitrine.look.kernel.KernelNature;
import dev.vitrine.look.kernel.KernelPass;
import dev.vitrine.look.kernel.Matrix;
import dev.vitrine.report.Axis;
import dev.vitrine.report.LineChart;
import dev.vitrine.report.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a kernel makes of a picture or of typed numbers, and what kind of kernel it is. */
public final class KernelView {
  /** Results of at most so many numbers are printed. */
  private static final int PRINTED = 400;

  private static final int MOST_COLUMNS = 24;
  private static final int WHITE = 255;
  private static final int FREQUENCIES = 64;
  private static final int WIDTH = 480;
  private static final int HEIGHT = 290;
  private static final double ROUNDING = 1e-12;

  private final Kernel kernel;
  private final KernelPass pass;

  private KernelView(Kernel kernel, KernelPass pass) {
    this.kernel = kernel;
    this.pass = pass;
  }

  /**
   * {@return what a kernel makes of numbers}
   *
   * @param kernel the kernel
   * @param pass how it is slid
   * @param numbers what it is slid over
   */
  public static View of(Kernel kernel, KernelPass pass, Matrix numbers) {
    KernelView self = new KernelView(kernel, pass);
    Shades shades = Shades.of(both(numbers, pass.over(numbers)));
    List<Picture> pictures =
        List.of(
            new Picture("before", shades.picture(numbers.values(), numbers.columns())),
            self.after(shades, pass.over(numbers)));
    return self.view("numbers", List.of(numbers), new Pictures(shades.words(), pictures));
  }

  /**
   * {@return what a kernel makes of a picture, channel by channel; samples count from 0 to 255}
   *
   * @param kernel the kernel
   * @param pass how it is slid
   * @param name what the picture is called
   * @param picture grey or coloured
   */
  public static View of(Kernel kernel, KernelPass pass, String name, Raster picture) {
    KernelView self = new KernelView(kernel, pass);
    List<Matrix> planes =
        IntStream.range(0, picture.channels()).mapToObj(c -> plane(picture, c)).toList();
    List<Matrix> made = planes.stream().map(pass::over).toList();
    boolean signed = kernel.numbers().sum() < 0.5;
    Shades shades = Shades.of(made.stream().flatMapToDouble(KernelView::stream).toArray());
    Picture after =
        signed
            ? self.after(shades, mean(made))
            : new Picture("after, cut off at 0 and 255", Shades.enlarged(clipped(made)));
    String note =
        signed
            ? shades.words()
                + (made.size() > 1 ? " Of a coloured picture it is the mean of the channels." : "")
            : "";
    List<Picture> pictures = List.of(new Picture("before", Shades.enlarged(picture)), after);
    return self.view(name, planes, new Pictures(note, pictures));
  }

  private static double[] both(Matrix a, Matrix b) {
    return Stream.of(a, b).flatMapToDouble(KernelView::stream).toArray();
  }

  private static java.util.stream.DoubleStream stream(Matrix matrix) {
    return java.util.Arrays.stream(matrix.values());
  }

  private Picture after(Shades shades, Matrix made) {
    return new Picture("after", shades.picture(made.values(), made.columns()));
  }

  private static Matrix plane(Raster picture, int channel) {
    double[] values = new double[picture.width() * picture.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = picture.get(i % picture.width(), i / picture.width(), channel);
    }
    return new Matrix(picture.height(), picture.width(), values);
  }

  private static Matrix mean(List<Matrix> planes) {
    double[] values = new double[planes.getFirst().values().length];
    for (Matrix plane : planes) {
      for (int i = 0; i < values.length; i++) {
        values[i] += plane.values()[i] / planes.size();
      }
    }
    return new Matrix(planes.getFirst().rows(), planes.getFirst().columns(), values);
  }

  private static Raster clipped(List<Matrix> planes) {
    Matrix first = planes.getFirst();
    Raster picture = Raster.black(first.columns(), first.rows(), planes.size());
    for (int c = 0; c < planes.size(); c++) {
      for (int i = 0; i < first.values().length; i++) {
        int value = Math.clamp(Math.round(planes.get(c).values()[i]), 0, WHITE);
        picture.set(i % first.columns(), i / first.columns(), c, value);
      }
    }
    return picture;
  }

  private View view(String name, List<Matrix> planes, Pictures pictures) {
    List<Matrix> made = planes.stream().map(pass::over).toList();
    Matrix laid = pass.correlation() ? kernel.numbers() : kernel.numbers().turned();
    List<Section> sections = new ArrayList<>();
    List<Block> seen = new ArrayList<>();
    if (planes.size() == 1 && isSmall(planes.getFirst()) && isSmall(made.getFirst())) {
      seen.add(new Lines("before", Kernel.rows(planes.getFirst())));
      seen.add(new Lines("after", Kernel.rows(made.getFirst())));
    }
    seen.add(pictures);
    List<String> nature = new KernelNature(laid).sentences();
    List<String> said = new ArrayList<>(List.of(how(name, planes.getFirst(), made.getFirst())));
    said.add(ways(planes, made));
    said.addAll(nature);
    sections.add(new Section("What it makes", seen));
    sections.add(
        Section.of("The kernel", new Lines("kernel " + kernel.name(), kernel.rows()), step(laid)));
    sections.add(
        Section.of(
            "Frequencies", frequencies(laid), new Pictures(SPECTRUM, List.of(spectrum(laid)))));
    String title = "%s kernel over %s".formatted(capital(kernel.name()), name);
    return new View(title, said, sections, json(planes, made, nature));
  }

  private static boolean isSmall(Matrix matrix) {
    return matrix.values().length <= PRINTED && matrix.columns() <= MOST_COLUMNS;
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private String how(String name, Matrix before, Matrix after) {
    return "%s of %s (%s×%s) with stride %s, %s: %s×%s."
        .formatted(
            pass.correlation() ? "Cross-correlation" : "Convolution",
            name,
            before.rows(),
            before.columns(),
            pass.stride(),
            pass.padding().words(),
            after.rows(),
            after.columns());
  }

  /** Whether the other way would have given the same. */
  private String ways(List<Matrix> planes, List<Matrix> made) {
    double apart = 0;
    double most = 0;
    for (int i = 0; i < planes.size(); i++) {
      apart = Math.max(apart, pass.otherWay().over(planes.get(i)).distance(made.get(i)));
      most = Math.max(most, made.get(i).distance(zeros(made.get(i))));
    }
    String other = pass.correlation() ? "A convolution" : "A cross-correlation, as in networks,";
    return apart <= ROUNDING * Math.max(1, most)
        ? other + " gives the same here."
        : "%s gives something else: numbers differ by up to %s."
            .formatted(other, Kernel.text(apart));
  }

  private static Matrix zeros(Matrix like) {
    return new Matrix(like.rows(), like.columns(), new double[like.values().length]);
  }

  private static Chart step(Matrix laid) {
    List<Series> lines =
        List.of(
            steps("left to right", 0, KernelNature.stepResponse(laid)),
            steps("top to bottom", 2, KernelNature.stepResponse(laid.transposed())));
    double[] all =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Series.Point::y)
            .toArray();
    double low = java.util.Arrays.stream(all).min().orElse(0);
    double high = java.util.Arrays.stream(all).max().orElse(1);
    int last = lines.stream().mapToInt(line -> line.points().size() - 1).max().orElse(1);
    return new Chart(
        "Answer to an edge",
        "What a step from 0 to 1 becomes, pixel by pixel, from where the kernel sees none of it to where it sees it all.",
        new LineChart(
            "Answer to an edge",
            Axis.whole("pixel", 0, last, 6),
            Axis.linear("value", Math.min(0, low), Math.max(0, high), 5),
            lines,
            WIDTH,
            HEIGHT));
  }

  private static Series steps(String name, int style, double... response) {
    return Series.of(
        name,
        style,
        IntStream.range(0, response.length)
            .mapToObj(i -> new Series.Point(i, response[i]))
            .toList());
  }

  private static Chart frequencies(Matrix laid) {
    FrequencyResponse response = new FrequencyResponse(laid);
    List<Series> lines =
        List.of(
            wave("to the right", 0, w -> response.size(w, 0)),
            wave("downwards", 2, w -> response.size(0, w)),
            wave("diagonally", 4, w -> response.size(w, w)));
    double most =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Series.Point::y)
            .max()
            .orElse(1);
    return new Chart(
        "Frequency response",
        "The share of a wave that it lets through, by frequency along three directions; at 0.5 periods a pixel each pixel differs from the next.",
        new LineChart(
            "Frequency response",
            Axis.linear("periods a pixel", 0, 0.5, 6),
            Axis.linear("share", 0, most == 0 ? 1 : most, 5),
            lines,
            WIDTH,
            HEIGHT));
  }

  private static Series wave(String name, int style, DoubleUnaryOperator size) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i <= FREQUENCIES; i++) {
      double periods = 0.5 * i / FREQUENCIES;
      points.add(new Series.Point(periods, size.applyAsDouble(2 * Math.PI * periods)));
    }
    return Series.of(name, style, points);
  }

  private static final String SPECTRUM =
      "Waves of all directions: the middle is no wave at all, the edges the finest; the lighter, the more is let through.";

  private static Picture spectrum(Matrix laid) {
    FrequencyResponse response = new FrequencyResponse(laid);
    double most = response.largest();
    int side = FREQUENCIES + 1;
    Raster picture = Raster.black(side, side, 1);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double right = Math.PI * (2.0 * x / FREQUENCIES - 1);
        double down = Math.PI * (2.0 * y / FREQUENCIES - 1);
        double share = most == 0 ? 0 : response.size(right, down) / most;
        picture.set(x, y, 0, (int) Math.round(WHITE * Math.min(1, share)));
      }
    }
    return new Picture("white is " + Kernel.text(most), picture.enlarged(3));
  }

  private Map<String, Object> json(List<Matrix> planes, List<Matrix> made, List<String> nature) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kernel", kernel.name());
    json.put("numbers", rows(kernel.numbers()));
    json.put("operation", pass.correlation() ? "correlation" : "convolution");
    json.put("padding", pass.padding().name().toLowerCase(java.util.Locale.ROOT));
    json.put("stride", pass.stride());
    json.put("sum", kernel.numbers().sum());
    json.put("says", nature);
    json.put("size", List.of(planes.getFirst().rows(), planes.getFirst().columns()));
    json.put("result", made.stream().map(KernelView::rows).toList());
    return json;
  }

  private static List<List<Double>> rows(Matrix matrix) {
    List<List<Double>> rows = new ArrayList<>();
    for (int r = 0; r < matrix.rows(); r++) {
      List<Double> row = new ArrayList<>();
      for (int c = 0; c < matrix.columns(); c++) {
        row.add(matrix.at(r, c));
      }
      rows.add(row);
    }
    return rows;
  }
}
