package dev.vitrine.bench.tensorflow;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * A Vitrine model as a TensorFlow graph. Images are (N, H, W, C), which is what TensorFlow's CPU
 * kernels want, so weights are turned to (H, W, in, out) and (in, out), and the first dense layer's
 * rows follow the order in which its input is flattened.
 */
final class TensorFlowNetwork {
  /**
   * A variable.
   *
   * @param start its elements at the start, in TensorFlow's order
   * @param places for each of them, its index in Vitrine's order
   * @param learned whether an optimiser moves it; else it follows the batches
   */
  @SuppressWarnings("ArrayRecordComponent") // made once, never compared
  record Numbers(Variable<TFloat32> variable, float[] start, int[] places, boolean learned) {}

  private final Ops tf;
  private final Model model;
  private final Map<String, Numbers> numbers = new LinkedHashMap<>();
  private final List<Op> following = new ArrayList<>();
  private final List<ParameterSpec> open;
  private int[] image;
  private int[] flattened;

  TensorFlowNetwork(Ops tf, Model model) {
    this.tf = tf;
    this.model = model;
    open = new ArrayList<>(model.specs());
    image = model.input().sizes();
  }

  /** Adds all layers. */
  Operand<TFloat32> logits(Operand<TFloat32> images) {
    return add(model.network(), images);
  }

  private Operand<TFloat32> add(Layer layer, Operand<TFloat32> x) {
    return switch (layer) {
      case Sequential(List<Layer> layers) -> {
        Operand<TFloat32> y = x;
        for (Layer next : layers) {
          y = add(next, y);
        }
        yield y;
      }
      case Named(_, Layer named) -> add(named, x);
      case Residual(Layer body, Layer shortcut) -> {
        int[] input = image;
        Operand<TFloat32> y = add(body, x);
        image = input;
        yield tf.math.add(add(shortcut, x), y);
      }
      case Identity _ -> x;
      case Conv2d conv -> convolution(conv, x);
      case Linear linear -> dense(linear, x);
      case MaxPool2d pool -> pool(pool, x);
      case GlobalAvgPool2d _ -> {
        image = new int[] {image[0], 1, 1};
        yield tf.math.mean(x, tf.constant(new int[] {1, 2}));
      }
      case BatchNorm2d norm -> normalisation(norm, x);
      case Flatten _ -> {
        flattened = image;
        yield tf.reshape(x, tf.constant(new int[] {-1, image[0] * image[1] * image[2]}));
      }
      case Activation a when a.function() instanceof Rectifier.Relu -> tf.nn.relu(x);
      default -> throw new IllegalArgumentException("No translation of " + layer);
    };
  }

  private Operand<TFloat32> convolution(Conv2d conv, Operand<TFloat32> x) {
    ParameterSpec spec = open.removeFirst();
    int[] s = spec.shape().sizes();
    int[] places = new int[spec.shape().elements()];
    for (int i = 0, o = 0, c = 0, t = 0; i < places.length; i++) {
      places[i] = (o * s[1] + c) * s[2] * s[3] + t;
      if (++o == s[0]) {
        o = 0;
        c++;
      }
      if (c == s[1]) {
        c = 0;
        t++;
      }
    }
    Operand<TFloat32> weight = learn(spec, Shape.of(s[2], s[3], s[1], s[0]), places);
    Span h = conv.window().h();
    image = new int[] {conv.outChannels(), h.out(image[1]), conv.window().w().out(image[2])};
    boolean same = h.stride() == 1 && h.before() > 0 && 2 * h.before() == h.kernel() - 1;
    Operand<TFloat32> y =
        tf.nn.conv2d(
            same ? x : padded(x, conv.window()),
            weight,
            List.of(1L, (long) h.stride(), (long) h.stride(), 1L),
            same ? "SAME" : "VALID");
    return conv.bias() ? tf.nn.biasAdd(y, vector(conv.outChannels())) : y;
  }

  /** TensorFlow's own padding of a stride above 1 is not the same on both sides. */
  private Operand<TFloat32> padded(Operand<TFloat32> x, Window w) {
    if (w.h().before() + w.h().after() + w.w().before() + w.w().after() == 0) {
      return x;
    }
    int[][] sides = {
      {0, 0}, {w.h().before(), w.h().after()}, {w.w().before(), w.w().after()}, {0, 0}
    };
    return tf.pad(x, tf.constant(sides), tf.constant(0f));
  }

  /** Its running averages follow in {@link #following}. */
  private Operand<TFloat32> normalisation(BatchNorm2d norm, Operand<TFloat32> x) {
    Variable<TFloat32> weight = vector(image[0]);
    Variable<TFloat32> bias = vector(image[0]);
    Variable<TFloat32> mean = vector(image[0]);
    Variable<TFloat32> variance = vector(image[0]);
    FusedBatchNorm<TFloat32, TFloat32> y =
        tf.nn.fusedBatchNorm(
            x,
            weight,
            bias,
            mean,
            variance,
            FusedBatchNorm.epsilon((float) norm.eps()),
            FusedBatchNorm.exponentialAvgFactor((float) norm.momentum()),
            FusedBatchNorm.isTraining(true));
    following.add(tf.assign(mean, y.batchMean()));
    following.add(tf.assign(variance, y.batchVariance()));
    return y.y();
  }

  /** Behind a rectifier, whose zeros no padding outdoes: TensorFlow pads with zeros here. */
  private Operand<TFloat32> pool(MaxPool2d pool, Operand<TFloat32> x) {
    Span h = pool.window().h();
    image = new int[] {image[0], h.out(image[1]), pool.window().w().out(image[2])};
    return tf.nn.maxPool(
        padded(x, pool.window()),
        tf.constant(new int[] {1, h.kernel(), h.kernel(), 1}),
        tf.constant(new int[] {1, h.stride(), h.stride(), 1}),
        "VALID");
  }

  private Operand<TFloat32> dense(Linear linear, Operand<TFloat32> x) {
    ParameterSpec spec = open.removeFirst();
    int out = spec.shape().size(0);
    int in = spec.shape().size(1);
    int[] places = new int[out * in];
    for (int i = 0; i < in; i++) {
      int from = flattened == null ? i : channelsFirst(i);
      for (int o = 0; o < out; o++) {
        places[i * out + o] = o * in + from;
      }
    }
    flattened = null;
    Operand<TFloat32> weight = learn(spec, Shape.of(in, out), places);
    return tf.nn.biasAdd(tf.linalg.matMul(x, weight), vector(linear.outFeatures()));
  }

  /** The index in (C, H, W) of element {@code i} in (H, W, C). */
  private int channelsFirst(int i) {
    return i % flattened[0] * flattened[1] * flattened[2] + i / flattened[0];
  }

  private Variable<TFloat32> vector(int size) {
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = i;
    }
    return learn(open.removeFirst(), Shape.of(size), places);
  }

  private Variable<TFloat32> learn(ParameterSpec spec, Shape shape, int[] places) {
    float[] own = model.parameters().get(spec.name());
    float[] start = new float[own.length];
    for (int i = 0; i < start.length; i++) {
      start[i] = own[places[i]];
    }
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    numbers.put(spec.name(), new Numbers(variable, start, places, spec.role().learned()));
    return variable;
  }

  /** All variables, by the names of Vitrine's parameters and buffers. */
  Map<String, Numbers> numbers() {
    return numbers;
  }

  /** Those that an optimiser moves. */
  List<Variable<TFloat32>> learned() {
    return numbers.values().stream().filter(Numbers::learned).map(Numbers::variable).toList();
  }

  /** What else is to be run in each step. */
  List<Op> following() {
    return following;
  }
}
