package dev.vitrine.onnx;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;

/** Functions of two values under NumPy's rule of broadcasting. */
final class Numpy {
  private Numpy() {}

  /** The sizes that both broadcast to. */
  static long[] broadcast(long[] a, long[] b) {
    long[] dims = new long[Math.max(a.length, b.length)];
    for (int i = 1; i <= dims.length; i++) {
      long x = i <= a.length ? a[a.length - i] : 1;
      long y = i <= b.length ? b[b.length - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new Refusal(
            "%s and %s do not fit each other".formatted(Arrays.toString(a), Arrays.toString(b)));
      }
      dims[dims.length - i] = x == 1 ? y : x;
    }
    return dims;
  }

  /**
   * Applies a function of two numbers.
   *
   * @param role what a constant of the file is to the node, by which it is learned or not
   */
  static Datum apply(Site site, Binary op, Datum a, Datum b, ParameterSpec.Role role) {
    if (a instanceof Known x && b instanceof Known y) {
      return fold(op, x, y);
    }
    long[] dims = broadcast(a.dims(), b.dims());
    int batch = batch(a, dims.length);
    batch = batch < 0 ? batch(b, dims.length) : batch;
    if (!keeps(a, dims, batch) || !keeps(b, dims, batch)) {
      batch = -1;
    }
    Datum x = batch < 0 && a instanceof Flowing f ? f.freed(site.network()) : a;
    Datum y = batch < 0 && b instanceof Flowing f ? f.freed(site.network()) : b;
    Value value = apply(site, op, new Operand(x, dims, batch), new Operand(y, dims, batch), role);
    return new Flowing(value, batch, batch < 0 ? 1 : dims[batch]);
  }

  /** A value or constant, the result's sizes, and which of them is the batch's. */
  private record Operand(Datum datum, long[] dims, int batch) {}

  private static int batch(Datum x, int rank) {
    return x instanceof Flowing f && f.isBatched() ? f.batch() + rank - f.rank() : -1;
  }

  /** Whether the result may have its batch at that axis, as far as this operand goes. */
  private static boolean keeps(Datum x, long[] dims, int batch) {
    if (batch < 0) {
      return true;
    }
    int own = batch - (dims.length - x.rank());
    if (x instanceof Flowing f && f.isBatched()) {
      return f.batch() == own;
    }
    return own < 0 || x.dims()[own] == 1;
  }

  private static Value apply(Site s, Binary op, Operand a, Operand b, ParameterSpec.Role role) {
    if (b.datum instanceof Known known && known.count() == 1 && !s.network().scope().isEmpty()) {
      Value x = value(s, a, role);
      double number = known.single();
      switch (op) {
        case ADD -> {
          return s.network().shift(x, number);
        }
        case SUBTRACT -> {
          return s.network().shift(x, -number);
        }
        case MULTIPLY -> {
          return s.network().scale(x, number);
        }
        case DIVIDE -> {} // dividing and multiplying by the inverse differ in the last bit
      }
    }
    return s.network().apply(op, value(s, a, role), value(s, b, role));
  }

  /** An operand in the result's shape. */
  private static Value value(Site site, Operand operand, ParameterSpec.Role role) {
    Shape target = Flowing.shape(Flowing.without(operand.dims, operand.batch));
    Value value =
        switch (operand.datum) {
          case Flowing f -> site.network().reshape(f.value(), own(f, operand));
          case Known known -> constant(site, known, operand, role);
        };
    int[] aligned = new int[target.rank()];
    Arrays.fill(aligned, 1);
    int[] own = value.shape().sizes();
    System.arraycopy(own, 0, aligned, aligned.length - own.length, own.length);
    return site.network().broadcast(site.network().reshape(value, Shape.of(aligned)), target);
  }

  /** An operand's shape; of one without a batch without the axis of size 1 in the batch's place. */
  private static Shape own(Flowing f, Operand operand) {
    int axis = operand.batch - (operand.dims.length - f.rank());
    boolean beside = operand.batch >= 0 && !f.isBatched() && axis >= 0;
    return beside ? Flowing.shape(Flowing.without(f.dims(), axis)) : f.value().shape();
  }

  private static Value constant(Site site, Known known, Operand operand, ParameterSpec.Role role) {
    int axis = operand.batch - (operand.dims.length - known.rank());
    long[] dims = Flowing.without(known.dims(), operand.batch < 0 || axis < 0 ? -1 : axis);
    int ones = 0;
    while (ones < dims.length && dims[ones] == 1) {
      ones++;
    }
    Shape shape = Flowing.shape(Arrays.copyOfRange(dims, ones, dims.length));
    if (!known.isGiven() || known.count() == 1) {
      return site.network().constant(shape, known.numbers());
    }
    String local = role == ParameterSpec.Role.SCALE ? "scale" : "bias";
    return site.parameter(local, Stores.Tensor.of(known), shape, role, 1, 1);
  }

  private static Known fold(Binary op, Known a, Known b) {
    long[] dims = broadcast(a.dims(), b.dims());
    int[] ofA = projection(dims, a.dims());
    int[] ofB = projection(dims, b.dims());
    boolean whole = a.isWhole() && b.isWhole();
    double[] x = a.numbers();
    double[] y = b.numbers();
    double[] result = new double[ofA.length];
    for (int k = 0; k < result.length; k++) {
      double number = op.apply(x[ofA[k]], y[ofB[k]]);
      result[k] = whole ? (long) number : number;
    }
    return Known.of(dims, whole, result);
  }

  /** For each element of the large sizes, its element of the small ones. */
  static int[] projection(long[] large, long[] small) {
    int[] from = new int[Known.room(large)];
    int shift = large.length - small.length;
    for (int k = 0; k < from.length; k++) {
      long rest = k;
      for (int a = large.length - 1; a >= shift; a--) {
        long index = rest % large[a];
        rest /= large[a];
        if (small[a - shift] != 1) {
          from[k] += (int) (index * Known.product(small, a - shift + 1, small.length));
        }
      }
    }
    return from;
  }

  /** A value or constant in larger sizes. */
  static Datum expand(Site site, Datum x, long[] dims) {
    if (x instanceof Known known) {
      return known.picked(dims, projection(dims, known.dims()));
    }
    Flowing f = (Flowing) x;
    int batch = batch(f, dims.length);
    Flowing at = batch >= 0 && dims[batch] == f.size() ? f : f.freed(site.network());
    batch = batch(at, dims.length);
    Value value = value(site, new Operand(at, dims, batch), ParameterSpec.Role.FIXED);
    return new Flowing(value, batch, at.size());
  }
}
