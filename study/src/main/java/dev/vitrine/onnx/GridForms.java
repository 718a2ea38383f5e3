package dev.vitrine.onnx;

import static dev.vitrine.onnx.OnnxPlace.with;

import dev.vitrine.op.Grid;
import java.util.List;
import java.util.Map;

/**
 * Numbers on a grid as ONNX has them: whole ones, and what they are multiplied with. A grid is a
 * pair of nodes, {@code QuantizeLinear} and {@code DequantizeLinear}, from which a runtime may make
 * arithmetic with whole numbers.
 */
final class GridForms {
  private static final int BYTE = 256;
  private static final int LEAST = Byte.MIN_VALUE;

  /** Types of tensors, as ONNX numbers them. */
  private static final int UNSIGNED = 2;

  private static final int SIGNED = 3;

  private GridForms() {}

  static void write(OnnxPlace at, Grid grid) {
    if (grid.most() - grid.least() != BYTE - 1 || grid.least() > 0 || grid.most() < 0) {
      throw new Refusal(
          "ONNX has grids of 256 numbers, 0 among them, but this has %s to %s"
              .formatted(grid.least(), grid.most()));
    }
    String scale = at.number("scale", grid.step());
    boolean signed = grid.least() == LEAST;
    String zero = at.zero("zero_point", signed, signed ? 0 : -grid.least());
    String whole = at.counts("QuantizeLinear", with(), at.in(0), scale, zero);
    at.end("DequantizeLinear", with(), whole, scale, zero);
  }

  static void register(Map<String, Operator> operators) {
    operators.put("QuantizeLinear", GridForms::onGrid);
    operators.put("DequantizeLinear", GridForms::offGrid);
  }

  /** What flows stays the real number that the whole one stands for; constants become whole. */
  private static List<Datum> onGrid(Site site) {
    requireSlices(site);
    if (site.in(0) instanceof Known constant) {
      return Site.one(wholes(site, constant));
    }
    Flowing x = site.flowing(0);
    return Site.one(x.with(site.network().apply(grid(site), x.value())));
  }

  private static Grid grid(Site site) {
    if (site.known(1).count() != 1) {
      throw new Refusal("its scale is not one number for all that flows");
    }
    int zero = site.has(2) ? (int) site.known(2).single() : 0;
    int least = least(site) - zero;
    return new Grid(site.known(1).single(), least, least + BYTE - 1);
  }

  /** The smallest whole number: a byte is signed as the zero point is, or as a setting says. */
  private static int least(Site site) {
    if (site.has(2)) {
      return site.isSigned(2) ? LEAST : 0;
    }
    long type = site.integer("output_dtype", 0);
    if (type != 0 && type != UNSIGNED && type != SIGNED) {
      throw new Refusal("its output is of type %s, not a byte".formatted(type));
    }
    return type == SIGNED ? LEAST : 0;
  }

  /** Opset 21 has scales for blocks within a slice. */
  private static void requireSlices(Site site) {
    if (site.integer("block_size", 0) != 0 || site.known(1).rank() > 1) {
      throw new Refusal(
          "it has scales for blocks, but only those for a whole tensor, or one for each slice along an axis, are done");
    }
  }

  private static List<Datum> offGrid(Site site) {
    requireSlices(site);
    if (site.in(0) instanceof Known whole) {
      return Site.one(numbers(site, whole));
    }
    Flowing x = site.flowing(0);
    boolean same = x.value().op() instanceof Grid made && made.equals(grid(site));
    if (!same) {
      throw new Refusal("what it reads was not put on the same grid just before");
    }
    return Site.one(x);
  }

  /** A tensor's numbers; each slice along an axis may have a scale of its own. */
  private static Known numbers(Site site, Known whole) {
    return eachSlice(
        site, whole, false, (number, scale, zero) -> (float) ((number - zero) * scale));
  }

  /** The whole numbers of a tensor, as programs write weights that they trained so. */
  private static Known wholes(Site site, Known real) {
    int least = least(site);
    return eachSlice(
        site,
        real,
        true,
        (number, scale, zero) ->
            Math.clamp(Math.rint((float) number / (float) scale) + zero, least, least + BYTE - 1));
  }

  private interface Turn {
    double of(double number, double scale, double zero);
  }

  private static Known eachSlice(Site site, Known given, boolean becomesWhole, Turn turn) {
    double[] scales = site.known(1).numbers();
    double[] zeros = site.has(2) ? site.known(2).numbers() : new double[scales.length];
    long[] dims = given.dims();
    int axis = scales.length == 1 ? 0 : Site.axis(site.integer("axis", 1), dims.length);
    long each = scales.length == 1 ? Long.MAX_VALUE : Known.product(dims, axis + 1, dims.length);
    if ((scales.length != 1 && scales.length != dims[axis]) || zeros.length != scales.length) {
      throw new Refusal(
          "it has %s scales of other sizes than what it reads".formatted(scales.length));
    }
    double[] numbers = given.numbers();
    for (int i = 0; i < numbers.length; i++) {
      int slice = (int) (i / each % scales.length);
      numbers[i] = turn.of(numbers[i], scales[slice], zeros[slice]);
    }
    return Known.of(dims, becomesWhole, numbers);
  }
}
