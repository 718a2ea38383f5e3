package dev.vitrine.bench.tensorflow;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
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
   */
  @SuppressWarnings("ArrayRecordComponent") // made once, never compared
  record Learned(Variable<TFloat32> variable, float[] start, int[] places) {}

  private final Ops tf;
  private final Model model;
  private final Map<String, Learned> learned = new LinkedHashMap<>();
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
    Operand<TFloat32> x = images;
    for (Layer layer : ((Sequential) model.network()).layers()) {
      x = add(layer, x);
    }
    return x;
  }

  private Operand<TFloat32> add(Layer layer, Operand<TFloat32> x) {
    return switch (layer) {
      case Conv2d conv -> convolution(conv, x);
      case Linear linear -> dense(linear, x);
      case MaxPool2d pool -> pool(pool, x);
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
    return tf.nn.biasAdd(
        tf.nn.conv2d(x, weight, List.of(1L, 1L, 1L, 1L), padding(h)), bias(conv.outChannels()));
  }

  private static String padding(Span span) {
    if (span.stride() != 1 || (span.before() != 0 && 2 * span.before() != span.kernel() - 1)) {
      throw new IllegalArgumentException("No translation of " + span);
    }
    return span.before() == 0 ? "VALID" : "SAME";
  }

  private Operand<TFloat32> pool(MaxPool2d pool, Operand<TFloat32> x) {
    Span h = pool.window().h();
    image = new int[] {image[0], h.out(image[1]), pool.window().w().out(image[2])};
    return tf.nn.maxPool(
        x,
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
    return tf.nn.biasAdd(tf.linalg.matMul(x, weight), bias(linear.outFeatures()));
  }

  /** The index in (C, H, W) of element {@code i} in (H, W, C). */
  private int channelsFirst(int i) {
    return i % flattened[0] * flattened[1] * flattened[2] + i / flattened[0];
  }

  private Operand<TFloat32> bias(int size) {
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = i;
    }
    return learn(open.removeFirst(), Shape.of(size), places);
  }

  private Operand<TFloat32> learn(ParameterSpec spec, Shape shape, int[] places) {
    float[] numbers = model.parameters().get(spec.name());
    float[] start = new float[numbers.length];
    for (int i = 0; i < start.length; i++) {
      start[i] = numbers[places[i]];
    }
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    learned.put(spec.name(), new Learned(variable, start, places));
    return variable;
  }

  /** All variables, by the names of Vitrine's parameters. */
  Map<String, Learned> learned() {
    return learned;
  }
}
