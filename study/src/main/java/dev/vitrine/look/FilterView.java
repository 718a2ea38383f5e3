package dev.vitrine.look;

import dev.vitrine.image.Lettering;
import dev.vitrine.image.Raster;
import dev.vitrine.look.View.Picture;
import dev.vitrine.look.View.Pictures;
import dev.vitrine.look.View.Section;
import dev.vitrine.look.View.Table;
import dev.vitrine.look.kernel.FrequencyResponse;
import dev.vitrine.look.kernel.KernelNature;
import dev.vitrine.look.kernel.Matrix;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The learned filters of a convolution as a grid, with one signed scale, and what kind each is. */
public final class FilterView {
  private static final int MOST_FILTERS = 64;
  private static final int MOST_INPUTS = 16;
  private static final int SIDE = 60;
  private static final int GAP = 4;
  private static final int LABEL = 11;
  private static final int GROUND = 228;
  private static final int INK = 20;

  private final String layer;
  private final Shape shape;
  private final float[] weights;

  private FilterView(String layer, Shape shape, float... weights) {
    this.layer = layer;
    this.shape = shape;
    this.weights = weights;
  }

  /**
   * {@return the view}
   *
   * @param title of the network
   * @param layer the convolution's path
   * @param shape of its weights: outputs, inputs (of a group), height, width
   * @param weights row-major
   */
  public static View of(String title, String layer, Shape shape, float... weights) {
    return new FilterView(layer, shape, weights).view(title);
  }

  private View view(String title) {
    int filters = shape.size(0);
    int inputs = shape.size(1);
    double[] all = new double[weights.length];
    Arrays.setAll(all, i -> weights[i]);
    Shades shades = Shades.of(all);
    String what =
        "%s: %s of %s×%s over %s. %s"
            .formatted(
                layer,
                Say.count(filters, "filter"),
                shape.size(2),
                shape.size(3),
                Say.count(inputs, "input channel"),
                shades.words());
    List<String> sentences = new ArrayList<>(List.of(what));
    if (filters > MOST_FILTERS || inputs > MOST_INPUTS) {
      sentences.add(
          "Shown are the first %s filters and their first %s input channels."
              .formatted(Math.min(filters, MOST_FILTERS), Math.min(inputs, MOST_INPUTS)));
    }
    sentences.addAll(kinds());
    Pictures grid =
        new Pictures(
            inputs == 1
                ? "Each is laid on as it is; its number stands below."
                : "A row for each filter, a column for each input channel.",
            List.of(new Picture("filters of " + layer, draw(shades))));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layer", layer);
    json.put("shape", shape.sizes());
    json.put("scale", shades.most());
    json.put("filters", rowsJson());
    List<Section> sections =
        List.of(Section.of("Filters", grid), Section.of("In numbers", table()));
    return new View(title, sentences, sections, json);
  }

  private Matrix kernel(int filter, int input) {
    int plane = shape.size(2) * shape.size(3);
    double[] values = new double[plane];
    Arrays.setAll(values, i -> weights[(filter * shape.size(1) + input) * plane + i]);
    return new Matrix(shape.size(2), shape.size(3), values);
  }

  private Raster draw(Shades shades) {
    int filters = Math.min(shape.size(0), MOST_FILTERS);
    int inputs = Math.min(shape.size(1), MOST_INPUTS);
    int count = filters * inputs;
    int across = inputs == 1 ? (int) Math.ceil(Math.sqrt(1.6 * filters)) : inputs;
    int side = inputs == 1 ? SIDE : SIDE / 2;
    int factor = Math.max(1, side / Math.max(shape.size(2), shape.size(3)));
    int stepX = shape.size(3) * factor + GAP;
    int label = inputs == 1 ? LABEL : 0;
    int stepY = shape.size(2) * factor + GAP + label;
    int margin = inputs == 1 ? GAP : 24;
    int rows = Math.ceilDiv(count, across);
    Raster sheet = Raster.black(margin + across * stepX, GAP + rows * stepY, 3);
    sheet.fill(GROUND);
    for (int i = 0; i < count; i++) {
      Matrix kernel = kernel(i / inputs, i % inputs);
      int x = margin + i % across * stepX;
      int y = GAP + i / across * stepY;
      sheet.paint(shades.plain(kernel.values(), kernel.columns()).enlarged(factor), x, y);
      if (inputs == 1) {
        int below = y + shape.size(2) * factor + 2;
        Lettering.paint(sheet, Integer.toString(i), x, below, 1, INK);
      } else if (i % inputs == 0) {
        Lettering.paint(sheet, Integer.toString(i / inputs), 4, y + 4, 1, INK);
      }
    }
    return sheet;
  }

  /** How many blur, sharpen, show edges; of filters over one channel. */
  private List<String> kinds() {
    if (shape.size(1) != 1) {
      return List.of();
    }
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    for (int i = 0; i < shape.size(0); i++) {
      String kind = new KernelNature(kernel(i, 0)).kind();
      kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(Integer.toString(i));
    }
    List<String> said = new ArrayList<>();
    kinds.forEach((kind, members) ->
        said.add("%s: %s.".formatted(Say.capital(kind), Say.list(members, MOST_INPUTS))));
    return said;
  }

  private double norm(int filter) {
    int size = weights.length / shape.size(0);
    double squares = 0;
    for (int i = filter * size; i < (filter + 1) * size; i++) {
      squares += (double) weights[i] * weights[i];
    }
    return Math.sqrt(squares);
  }

  private double sum(int filter) {
    double sum = 0;
    for (int input = 0; input < shape.size(1); input++) {
      sum += kernel(filter, input).sum();
    }
    return sum;
  }

  private Table table() {
    boolean one = shape.size(1) == 1;
    List<String> columns =
        one
            ? List.of("filter", "sum", "norm", "strongest wave", "what it does")
            : List.of("filter", "sum", "norm");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(shape.size(0), MOST_FILTERS); i++) {
      List<String> row =
          new ArrayList<>(List.of(Integer.toString(i), Say.number(sum(i)), Say.number(norm(i))));
      if (one) {
        row.add(new FrequencyResponse(kernel(i, 0)).strongest().words());
        row.add(new KernelNature(kernel(i, 0)).kind());
      }
      rows.add(row);
    }
    return new Table("Filters of " + layer, columns, rows);
  }

  private List<Map<String, Object>> rowsJson() {
    List<Map<String, Object>> rows = new ArrayList<>();
    int size = weights.length / shape.size(0);
    for (int i = 0; i < shape.size(0); i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("filter", i);
      row.put("sum", sum(i));
      row.put("norm", norm(i));
      row.put("values", Arrays.copyOfRange(weights, i * size, (i + 1) * size));
      rows.add(row);
    }
    return rows;
  }
}
