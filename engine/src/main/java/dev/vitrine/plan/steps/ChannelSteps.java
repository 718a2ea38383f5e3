package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.PoolTable;
import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Concat;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Steps of few examples, whose vectors are 16 channels of a pixel. What treats every lane alike is
 * the same step as in larger batches, over fewer planes; each says whether it can be done so.
 */
public final class ChannelSteps {
  private static final int LANES = Kernels.LANES;

  private ChannelSteps() {}

  /** A value as images of vectors; {@code null} if it lies otherwise. */
  private static Placed images(Lowering l, Value x) {
    Placed place = l.placed(x);
    return place != null && !place.rowMajor() && place.isOf(x.shape()) ? place : null;
  }

  public static boolean max(Lowering l, MaxPool op, Value value) {
    Placed x = images(l, value.inputs().getFirst());
    if (x == null) {
      return false;
    }
    PoolSteps.max(l, op, value, x.buffer(), l.few.place(value).buffer(), x.planes());
    return true;
  }

  public static boolean average(Lowering l, AveragePool op, Value value) {
    return average(l, PoolSteps.table(op, value), value);
  }

  public static boolean adaptive(Lowering l, AdaptiveAveragePool op, Value value) {
    return average(l, PoolSteps.table(op, value.inputs().getFirst().shape()), value);
  }

  /** Of each channel's plane; the same additions as its mean's. */
  public static boolean sum(Lowering l, Sum op, Value value) {
    boolean planes = op.from().rank() == 3 && op.kept().equals(Shape.of(op.from().size(0), 1, 1));
    return planes && average(l, PoolSteps.sumTable(op.from()), value);
  }

  private static boolean average(Lowering l, PoolTable t, Value value) {
    Placed x = images(l, value.inputs().getFirst());
    if (x == null) {
      return false;
    }
    PoolSteps.average(l, t, value, x.buffer(), l.few.place(value).buffer(), x.planes());
    return true;
  }

  public static boolean unary(Lowering l, Unary f, Value value) {
    Placed x = images(l, value.inputs().getFirst());
    if (x == null) {
      return inPlaceOf(l, f, value);
    }
    ElementwiseSteps.unary(l, f, value, x.buffer(), l.few.place(value).buffer());
    return true;
  }

  /** Of an input, row-major, or of numbers that are read in another shape: where they lie. */
  private static boolean inPlaceOf(Lowering l, Unary f, Value value) {
    Placed x = l.placed(value.inputs().getFirst());
    if (x == null) {
      return false;
    }
    int examples = l.few.examples();
    int elements = value.shape().elements();
    int vectors = x.rowMajor() ? Placed.vectors(elements) : x.planes() * x.height() * x.width();
    Buffer y =
        x.rowMajor() ? Buffer.examples(elements, examples) : Buffer.channels(vectors, examples);
    l.few.same(value, new Placed(y, x.channels(), x.height(), x.width(), x.rowMajor()));
    l.add(
        new Step(
            Lowering.name(value),
            List.of(x.buffer()),
            List.of(y),
            Batch::count,
            (example, batch, scratch) ->
                l.kernels.unary(
                    f,
                    x.buffer().data(),
                    x.buffer().block(example),
                    y.data(),
                    y.block(example),
                    vectors * LANES)));
    return true;
  }

  /** What a sum adds to a value that is about to be computed; {@code null} if it is not there. */
  static Placed addend(Lowering l, Value sum, Value value) {
    Value first = sum.inputs().get(0);
    return images(l, first.equals(value) ? sum.inputs().get(1) : first);
  }

  public static boolean binary(Lowering l, Binary op, Value value) {
    Placed a = images(l, value.inputs().get(0));
    Placed b = images(l, value.inputs().get(1));
    if (a == null || b == null) {
      return false;
    }
    ElementwiseSteps.binary(l, op, value, a.buffer(), b.buffer(), l.few.place(value).buffer());
    return true;
  }

  /** The same numbers where they are, in another shape. */
  public static boolean reshape(Lowering l, Value value) {
    Placed x = l.placed(value.inputs().getFirst());
    if (x == null) {
      return false;
    }
    l.few.same(value, x);
    return true;
  }

  public static boolean concat(Lowering l, Concat op, Value value) {
    List<Placed> parts = new ArrayList<>();
    for (Value input : value.inputs()) {
      Placed part = images(l, input);
      if (part == null || op.axis() != 0) {
        return false;
      }
      parts.add(part);
    }
    Placed y = l.few.place(value);
    int[] from = new int[parts.size()];
    for (int i = 1; i < from.length; i++) {
      from[i] = from[i - 1] + parts.get(i - 1).channels();
    }
    int[] moved =
        IntStream.range(0, from.length)
            .filter(i -> from[i] % LANES != 0 || !parts.get(i).isPart(y, from[i] / LANES))
            .toArray();
    if (moved.length == 0) {
      return true;
    }
    boolean aligned = IntStream.of(moved).allMatch(i -> from[i] % LANES == 0);
    int tasks = aligned ? moved.length : 1;
    List<Buffer> reads =
        IntStream.of(moved).mapToObj(i -> parts.get(i).buffer()).distinct().toList();
    l.add(
        new Step(
            Lowering.name(value),
            reads,
            List.of(y.buffer()),
            batch -> batch.count() * tasks,
            (task, batch, scratch) -> {
              int example = task / tasks;
              for (int i = task % tasks; i < moved.length; i += tasks) {
                copy(parts.get(moved[i]), y, from[moved[i]], example);
              }
            }));
    return true;
  }

  /** A part of one example, into the channels from {@code first} on. */
  private static void copy(Placed x, Placed y, int first, int example) {
    float[] from = x.buffer().data();
    float[] to = y.buffer().data();
    int xAt = x.buffer().block(example);
    int yAt = y.buffer().block(example);
    if (first % LANES == 0) {
      System.arraycopy(from, xAt, to, yAt + first / LANES * y.plane(), x.planes() * x.plane());
      return;
    }
    for (int c = 0; c < x.channels(); c++) {
      int source = xAt + x.offset(c, 0, 0);
      int target = yAt + y.offset(first + c, 0, 0);
      for (int pixel = 0; pixel < x.plane(); pixel += LANES) {
        to[target + pixel] = from[source + pixel];
      }
    }
  }

  /** Where a value lies as images, or row-major if it is an input; turned first if need be. */
  public static Placed source(Lowering l, Value x) {
    Placed place = l.placed(x);
    return place != null && place.isOf(x.shape()) ? place : fromLanes(l, x);
  }

  private static Placed fromLanes(Lowering l, Value value) {
    Buffer x = l.lanes(value);
    Placed y = l.few.place(value);
    l.add(
        new Step(
            Lowering.name(value, "To channels"),
            List.of(x),
            List.of(y.buffer()),
            batch -> batch.count() * y.planes(),
            (task, batch, scratch) -> {
              int example = task / y.planes();
              int from = x.perExample() ? x.block(example / LANES) : x.offset();
              toImages(x.data(), from + example % LANES, LANES, y, example, task % y.planes());
            }));
    return y;
  }

  /** A place's numbers as images of vectors; turned if they are row-major. */
  public static Placed asImages(Lowering l, Placed x) {
    if (!x.rowMajor()) {
      return x;
    }
    long vectors = (long) x.planes() * x.height() * x.width();
    Buffer y =
        l.derived(
            x.buffer(),
            "images",
            () -> {
              Buffer made = Buffer.channels(vectors, l.few.examples());
              Placed to = new Placed(made, x.channels(), x.height(), x.width(), false);
              l.add(
                  new Step(
                      "To channels",
                      List.of(x.buffer()),
                      List.of(made),
                      batch -> batch.count() * x.planes(),
                      (task, batch, scratch) ->
                          toImages(
                              x.buffer().data(),
                              x.buffer().block(task / x.planes()),
                              x.pixel(),
                              to,
                              task / x.planes(),
                              task % x.planes())));
              return made;
            });
    return new Placed(y, x.channels(), x.height(), x.width(), false);
  }

  /**
   * Puts 16 channels of one example side by side.
   *
   * @param x row-major images, pixels {@code pixel} floats apart, from {@code from}
   */
  private static void toImages(float[] x, int from, int pixel, Placed y, int example, int plane) {
    int area = y.height() * y.width();
    int to = y.buffer().block(example) + plane * y.plane();
    float[] data = y.buffer().data();
    Arrays.fill(data, to, to + y.plane(), 0);
    for (int c = plane * LANES; c < Math.min((plane + 1) * LANES, y.channels()); c++) {
      for (int p = 0; p < area; p++) {
        data[to + p * LANES + c % LANES] = x[from + (c * area + p) * pixel];
      }
    }
  }

  /** A value in lanes of examples; those without one repeat the last, so that they are finite. */
  static Buffer toLanes(Lowering l, Value value, Placed x) {
    Buffer y = l.newLanes(value);
    l.add(
        new Step(
            Lowering.name(value, "To lanes"),
            List.of(x.buffer()),
            List.of(y),
            batch -> batch.blocks(y) * x.planes(),
            (task, batch, scratch) -> toLanes(x, y, batch, task / x.planes(), task % x.planes())));
    return y;
  }

  private static void toLanes(Placed x, Buffer y, Batch batch, int block, int plane) {
    int area = x.plane() / LANES;
    float[] from = x.buffer().data();
    int last = Math.min((plane + 1) * LANES, x.channels());
    for (int lane = 0; lane < LANES; lane++) {
      int example = Math.min(block * LANES + lane, batch.count() - 1);
      for (int c = plane * LANES; c < last; c++) {
        int source = x.buffer().block(example) + x.offset(c, 0, 0);
        int target = y.block(block) + c * area * LANES + lane;
        for (int pixel = 0; pixel < area; pixel++) {
          y.data()[target + pixel * LANES] = from[source + pixel * x.pixel()];
        }
      }
    }
  }

  /** Every so many-th pixel of a place's images; made once for each stride. */
  public static Placed picked(Lowering l, Placed x, int down, int across) {
    int height = Math.ceilDiv(x.height(), down);
    int width = Math.ceilDiv(x.width(), across);
    long vectors = (long) x.planes() * height * width;
    Buffer y =
        l.derived(
            x.buffer(),
            List.of(down, across),
            () -> {
              Buffer made = Buffer.channels(vectors, l.few.examples());
              l.add(
                  new Step(
                      "Pick",
                      List.of(x.buffer()),
                      List.of(made),
                      batch -> batch.count() * x.planes(),
                      (task, batch, scratch) -> {
                        int plane = task % x.planes();
                        int from = x.buffer().block(task / x.planes()) + plane * x.plane();
                        int to = made.block(task / x.planes()) + plane * height * width * LANES;
                        for (int p = 0; p < height * width; p++) {
                          int pixel = p / width * down * x.width() + p % width * across;
                          System.arraycopy(
                              x.buffer().data(),
                              from + pixel * LANES,
                              made.data(),
                              to + p * LANES,
                              LANES);
                        }
                      }));
              return made;
            });
    return new Placed(y, x.channels(), height, width, false);
  }

  /** A place's images with a border of zeros; made once for each border. */
  public static Placed padded(Lowering l, Placed x, Padding p) {
    if (p.isEmpty()) {
      return x;
    }
    int height = p.paddedHeight();
    int width = p.paddedWidth();
    if (!x.rowMajor()) {
      Padding planes =
          new Padding(x.planes(), p.height(), p.width(), p.top(), p.bottom(), p.left(), p.right());
      return new Placed(l.padded(x.buffer(), planes), x.channels(), height, width, false);
    }
    Buffer y = l.derived(x.buffer(), p, () -> padRows(l, x, p));
    return new Placed(y, x.channels(), height, width, true);
  }

  private static Buffer padRows(Lowering l, Placed x, Padding p) {
    int area = p.paddedHeight() * p.paddedWidth();
    Buffer y = Buffer.examples(x.channels() * area, l.few.examples());
    l.add(
        new Step(
            "Pad",
            List.of(x.buffer()),
            List.of(y),
            batch -> batch.count() * x.channels(),
            (task, batch, scratch) -> {
              int channel = task % x.channels();
              int from = x.buffer().block(task / x.channels()) + channel * p.height() * p.width();
              int to = y.block(task / x.channels()) + channel * area;
              Arrays.fill(y.data(), to, to + area, 0);
              for (int row = 0; row < p.height(); row++) {
                int at = to + (p.top() + row) * p.paddedWidth() + p.left();
                System.arraycopy(
                    x.buffer().data(), from + row * p.width(), y.data(), at, p.width());
              }
            }));
    return y;
  }
}
