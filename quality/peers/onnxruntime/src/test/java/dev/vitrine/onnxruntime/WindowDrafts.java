package dev.vitrine.onnxruntime;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Nodes with windows, and normalisations of images. */
final class WindowDrafts {
  private WindowDrafts() {}

  static void register(Map<String, Consumer<Draft>> all) {
    all.put("Conv", WindowDrafts::conv);
    all.put("ConvTranspose", WindowDrafts::convTranspose);
    all.put("MaxPool", WindowDrafts::maxPool);
    all.put("AveragePool", WindowDrafts::averagePool);
    all.put("GlobalAveragePool", d -> image(d).opset(1));
    all.put("GlobalMaxPool", d -> image(d).opset(1));
    all.put("LRN", WindowDrafts::lrn);
    all.put("BatchNormalization", WindowDrafts::batchNorm);
    all.put(
        "InstanceNormalization",
        d -> {
          image(d).opset(6, 22);
          d.drawn(d.dims()[1]).drawn(d.dims()[1]);
          if (d.maybe()) {
            d.set("epsilon", 0.01f);
          }
        });
    all.put("Resize", WindowDrafts::resize);
    all.put("Upsample", WindowDrafts::upsample);
  }

  private static Draft image(Draft d) {
    int axes = d.between(1, 3);
    long[] dims = new long[axes + 2];
    dims[0] = d.between(1, 3);
    dims[1] = d.between(1, 4);
    for (int a = 2; a < dims.length; a++) {
      dims[a] = d.between(1, 8);
    }
    return d.input(dims);
  }

  private static int axes(Draft d) {
    return d.dims().length - 2;
  }

  private static long[] drawn(Draft d, int count, int low, int high) {
    return LongStream.range(0, count).map(_ -> d.between(low, high)).toArray();
  }

  /**
   * Strides, and padding by itself or by a rule; by rule only where ONNX Runtime's are the
   * specification's: windows no shorter than their strides, and neither gaps nor rounding up.
   *
   * @return whether a rule pads
   */
  private static boolean window(Draft d, long[] kernel, boolean pool) {
    int axes = kernel.length;
    long[] strides = drawn(d, axes, 1, 3);
    int kind = d.between(0, 4);
    for (int a = 0; a < axes && kind == 0; a++) {
      strides[a] = Math.min(strides[a], kernel[a]);
    }
    if (d.maybe()) {
      d.list("strides", strides);
    }
    switch (kind) {
      case 0 -> d.set("auto_pad", d.any("SAME_UPPER", "SAME_LOWER"));
      case 1 -> d.set("auto_pad", "VALID");
      case 2 -> {}
      default -> {
        long[] pads = new long[2 * axes];
        for (int i = 0; i < pads.length; i++) {
          pads[i] = d.between(0, (int) kernel[i % axes] - (pool ? 1 : 0));
        }
        d.list("pads", pads);
      }
    }
    return kind < 2;
  }

  private static void conv(Draft d) {
    image(d).opset(1, 11, 22);
    int axes = axes(d);
    int groups = d.any(1, 1, 2, 3);
    long[] x = d.dims();
    x[1] = (long) groups * d.between(1, 2);
    long[] kernel = drawn(d, axes, 1, 3);
    window(d, kernel, false);
    if (d.between(0, 2) == 0) {
      d.list("dilations", drawn(d, axes, 1, 2));
    }
    if (d.maybe()) {
      d.list("kernel_shape", kernel);
    }
    if (groups > 1) {
      d.set("group", groups);
    }
    long out = (long) groups * d.between(1, 2);
    d.drawn(LongStream.concat(LongStream.of(out, x[1] / groups), LongStream.of(kernel)).toArray());
    if (d.maybe()) {
      d.drawn(out);
    }
  }

  private static void convTranspose(Draft d) {
    image(d).opset(1, 11, 22);
    int axes = axes(d);
    int groups = d.any(1, 1, 2);
    long[] x = d.dims();
    x[1] = (long) groups * d.between(1, 2);
    long[] kernel = drawn(d, axes, 1, 3);
    long[] strides = drawn(d, axes, 1, 3);
    d.list("strides", strides);
    switch (d.between(0, 3)) {
      case 0 -> {
        // ONNX Runtime makes less than the specification says where a window is below its stride.
        for (int a = 0; a < axes; a++) {
          kernel[a] = Math.max(kernel[a], strides[a]);
        }
        d.set("auto_pad", d.any("SAME_UPPER", "SAME_LOWER"));
      }
      case 1 -> {
        long[] shape = new long[axes];
        for (int a = 0; a < axes; a++) {
          shape[a] = (x[a + 2] - 1) * strides[a] + kernel[a] - d.between(0, 1);
        }
        d.list("output_shape", shape);
      }
      case 2 -> d.list("pads", drawn(d, 2 * axes, 0, 1));
      default -> {
        long[] more = new long[axes];
        for (int a = 0; a < axes; a++) {
          more[a] = d.between(0, (int) strides[a] - 1);
        }
        d.list("output_padding", more);
        if (d.maybe()) {
          d.list("dilations", drawn(d, axes, 1, 2));
        }
      }
    }
    if (d.maybe()) {
      d.list("kernel_shape", kernel);
    }
    if (groups > 1) {
      d.set("group", groups);
    }
    long out = d.between(1, 2);
    d.drawn(LongStream.concat(LongStream.of(x[1], out), LongStream.of(kernel)).toArray());
    if (d.maybe()) {
      d.drawn(out * groups);
    }
  }

  private static void maxPool(Draft d) {
    image(d);
    long opset = d.opset(1, 8, 10, 11, 12, 22);
    long[] kernel = drawn(d, axes(d), 1, 3);
    d.list("kernel_shape", kernel);
    boolean rule = window(d, kernel, true);
    if (opset >= 10 && !rule) {
      if (d.maybe()) {
        d.set("ceil_mode", d.between(0, 1));
      }
      if (d.between(0, 3) == 0) {
        d.list("dilations", drawn(d, axes(d), 1, 2));
      }
    }
    if (opset >= 8 && d.maybe()) {
      d.set("storage_order", 0);
    }
  }

  private static void averagePool(Draft d) {
    image(d);
    long opset = d.opset(1, 7, 10, 11, 19, 22);
    long[] kernel = drawn(d, axes(d), 1, 3);
    d.list("kernel_shape", kernel);
    boolean rule = window(d, kernel, true);
    if (opset >= 7 && d.maybe()) {
      d.set("count_include_pad", d.between(0, 1));
    }
    if (opset >= 10 && !rule && d.maybe()) {
      d.set("ceil_mode", d.between(0, 1));
    }
    if (opset >= 19 && !rule && d.between(0, 2) == 0) {
      d.list("dilations", drawn(d, axes(d), 1, 2));
    }
  }

  private static void lrn(Draft d) {
    d.input(d.between(1, 2), d.between(1, 7), d.between(1, 4), d.between(1, 4)).opset(1, 13);
    d.set("size", d.any(1, 3, 5));
    if (d.maybe()) {
      d.set("alpha", 0.5f).set("beta", 0.6f).set("bias", 2f);
    }
  }

  private static void batchNorm(Draft d) {
    Drafts.any(d);
    long opset = d.opset(7, 9, 14, 15);
    if (d.dims().length < 2) {
      d.input(2, 3);
    }
    long c = d.dims()[1];
    d.drawn(c).drawn(c).drawn(c).positive(c);
    if (d.maybe()) {
      d.set("epsilon", 0.01f);
    }
    if (opset < 9 && d.maybe()) {
      d.set("spatial", 1);
    }
  }

  private static void resize(Draft d) {
    image(d);
    long opset = d.opset(10, 11, 13, 18, 19);
    int rank = d.dims().length;
    String mode = d.any("nearest", "nearest", "linear", opset < 11 ? "linear" : "cubic");
    if (mode.equals("cubic") || rank > 4) {
      d.input(d.between(1, 2), d.between(1, 2), d.between(2, 5), d.between(2, 5));
      rank = 4;
    }
    if (d.maybe() || !mode.equals("nearest")) {
      d.set("mode", mode);
    }
    float[] scales = new float[rank];
    long[] sizes = new long[rank];
    for (int a = 0; a < rank; a++) {
      scales[a] = a < 2 ? 1 : d.any(1f, 2f, 3f, 0.5f, 1.5f, 0.6f);
      sizes[a] = a < 2 ? d.dims()[a] : d.between(1, 9);
    }
    if (opset < 11) {
      d.singles(scales, rank);
      return;
    }
    if (d.maybe()) {
      d.set(
          "coordinate_transformation_mode",
          d.any("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"));
    }
    if (d.maybe() && mode.equals("nearest")) {
      d.set("nearest_mode", d.any("round_prefer_floor", "round_prefer_ceil", "floor", "ceil"));
    }
    if (opset >= 13) {
      d.none();
    } else {
      d.singles(new float[0], 0);
    }
    if (d.maybe()) {
      d.singles(scales, rank);
    } else {
      if (opset >= 13) {
        d.none();
      } else {
        d.singles(new float[0], 0);
      }
      d.longs(sizes);
    }
  }

  private static void upsample(Draft d) {
    image(d);
    long opset = d.opset(7, 9);
    int rank = d.dims().length;
    float[] scales = new float[rank];
    for (int a = 0; a < rank; a++) {
      scales[a] = a < 2 ? 1 : d.between(1, 3);
    }
    if (d.maybe() && rank == 4) {
      d.set("mode", d.any("nearest", "linear"));
    }
    if (opset < 9) {
      d.reals("scales", scales);
    } else {
      d.singles(scales, rank);
    }
  }
}
