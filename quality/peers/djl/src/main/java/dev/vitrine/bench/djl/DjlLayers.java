package dev.vitrine.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Dropout2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.Slice;
import dev.vitrine.nn.ZeroPad1d;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Window;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Vitrine's layers as calls of PyTorch's functions: DJL's where it has them, {@link TorchScript}'s
 * where it does not. Parameters are taken in the order in which the layers ask for them.
 */
final class DjlLayers {
  /** What a layer does. */
  interface Call {
    /**
     * Its output.
     *
     * @param training whether normalisations take the batch's statistics, and follow them
     */
    NDArray apply(NDArray x, boolean training);
  }

  private final List<NDArray> open;
  private final NDManager manager;

  /**
   * A translation.
   *
   * @param open the parameters and buffers, which are removed as layers take them
   * @param manager who frees compiled functions
   */
  DjlLayers(List<NDArray> open, NDManager manager) {
    this.open = open;
    this.manager = manager;
  }

  Call call(Layer layer) {
    return switch (layer) {
      case Sequential(List<Layer> layers) -> inTurn(layers.stream().map(this::call).toList());
      case Named(_, Layer named) -> call(named);
      case Parallel(List<Layer> branches) -> sideBySide(branches.stream().map(this::call).toList());
      case Residual residual -> residual(residual);
      case Identity _ -> (x, training) -> x;
      case Flatten _ -> (x, training) -> x.reshape(x.getShape().get(0), -1);
      case Permute permute -> permute(permute);
      case Slice(int axis, int from, int to) ->
          script("return torch.narrow(x, %s, %s, %s)".formatted(axis + 1, from, to - from));
      case ZeroPad1d(int before, int after) ->
          script("return torch.constant_pad_nd(x, [%s, %s])".formatted(before, after));
      case ZeroPad2d p -> {
        Window sides = Window.of(1).padding(p.top(), p.bottom(), p.left(), p.right());
        yield (x, training) -> pad(x, 0, sides);
      }
      case Dropout dropout -> dropout(dropout.rate());
      case Dropout2d dropout -> dropout(dropout.rate());
      case Conv2d conv -> convolution(conv);
      case ConvTranspose2d conv -> transposed(conv);
      case Linear linear -> dense(linear);
      case MaxPool2d pool -> maximum(pool);
      case AvgPool2d pool -> average(pool);
      case GlobalAvgPool2d _ -> adaptive(1, 1);
      case AdaptiveAvgPool2d pool -> adaptive(pool.height(), pool.width());
      case BatchNorm2d norm -> normalisation(norm);
      case LocalResponseNorm norm -> responses(norm);
      case PRelu _ -> withWeight(script("return torch.prelu(x, w)", "x", "w"));
      case Activation activation -> activation(activation.function());
      default -> throw new IllegalArgumentException("No translation of " + layer);
    };
  }

  private static Call inTurn(List<Call> calls) {
    return (x, training) -> {
      NDArray y = x;
      for (Call call : calls) {
        y = call.apply(y, training);
      }
      return y;
    };
  }

  private static Call sideBySide(List<Call> calls) {
    return (x, training) -> {
      NDList outputs = new NDList();
      calls.forEach(call -> outputs.add(call.apply(x, training)));
      return NDArrays.concat(outputs, 1);
    };
  }

  private Call residual(Residual residual) {
    Call body = call(residual.body());
    Call shortcut = call(residual.shortcut());
    return (x, training) -> shortcut.apply(x, training).add(body.apply(x, training));
  }

  private static Call permute(Permute permute) {
    int[] axes = new int[permute.order().size() + 1];
    for (int i = 1; i < axes.length; i++) {
      axes[i] = permute.order().get(i - 1) + 1;
    }
    return (x, training) -> x.transpose(axes);
  }

  /** Which elements are dropped is nothing to agree on, so nothing may be. */
  private static Call dropout(double rate) {
    return (x, training) -> {
      if (training && rate > 0) {
        throw new IllegalArgumentException("No translation of a dropout of " + rate);
      }
      return x;
    };
  }

  /** A window on an input: {@code SAME}'s padding depends on it. */
  private static Window on(NDArray x, Window window, boolean same) {
    int[] sizes =
        Arrays.stream(x.getShape().getShape()).skip(1).mapToInt(Math::toIntExact).toArray();
    return same ? window.same(dev.vitrine.tensor.Shape.of(sizes)) : window;
  }

  private static boolean even(Window w) {
    return w.h().before() == w.h().after() && w.w().before() == w.w().after();
  }

  private static NDArray pad(NDArray x, double with, Window w) {
    return x.pad(new Shape(w.w().before(), w.w().after(), w.h().before(), w.h().after()), with);
  }

  /** PyTorch's functions pad alike on both sides; other padding goes before them. */
  private static NDArray padded(NDArray x, double with, Window w) {
    return even(w) ? x : pad(x, with, w);
  }

  private static Shape padding(Window w) {
    return even(w) ? new Shape(w.h().before(), w.w().before()) : new Shape(0, 0);
  }

  private static Shape kernel(Window window) {
    return new Shape(window.h().kernel(), window.w().kernel());
  }

  private static Shape stride(Window window) {
    return new Shape(window.h().stride(), window.w().stride());
  }

  private static Shape dilation(Window window) {
    return new Shape(window.h().dilation(), window.w().dilation());
  }

  private Call convolution(Conv2d conv) {
    NDArray weight = open.removeFirst();
    NDArray bias = conv.bias() ? open.removeFirst() : null;
    return (x, training) -> {
      Window w = on(x, conv.window(), conv.same());
      NDArray in = padded(x, 0, w);
      return ai.djl.nn.convolutional.Conv2d.conv2d(
              in, weight, bias, stride(w), padding(w), dilation(w), conv.groups())
          .singletonOrThrow();
    };
  }

  private Call transposed(ConvTranspose2d conv) {
    Window w = conv.window();
    String body =
        "return torch.conv_transpose2d(x, w, %s, [%s, %s], [%s, %s], [%s, %s], %s, [%s, %s])"
            .formatted(
                conv.bias() ? "b" : "None",
                w.h().stride(),
                w.w().stride(),
                w.h().before(),
                w.w().before(),
                conv.bottom(),
                conv.right(),
                conv.groups(),
                w.h().dilation(),
                w.w().dilation());
    if (!conv.bias()) {
      return withWeight(script(body, "x", "w"));
    }
    TorchScript function = script(body, "x", "w", "b");
    NDArray weight = open.removeFirst();
    NDArray bias = open.removeFirst();
    return (x, training) -> function.apply(x, weight, bias);
  }

  private Call dense(Linear linear) {
    NDArray weight = open.removeFirst();
    NDArray bias = linear.bias() ? open.removeFirst() : null;
    return (x, training) -> ai.djl.nn.core.Linear.linear(x, weight, bias).singletonOrThrow();
  }

  private Call maximum(MaxPool2d pool) {
    return (x, training) -> {
      Window w = on(x, pool.window(), pool.same());
      NDArray in = padded(x, Double.NEGATIVE_INFINITY, w);
      return dilated(w)
          ? dilatedMaximum(w).apply(in)
          : Pool.maxPool2d(in, kernel(w), stride(w), padding(w), w.h().ceil());
    };
  }

  private static boolean dilated(Window w) {
    return w.h().dilation() > 1 || w.w().dilation() > 1;
  }

  /** By TorchScript, for DJL's has no dilation. */
  private TorchScript dilatedMaximum(Window w) {
    boolean even = even(w);
    return script(
        "return torch.max_pool2d(x, [%s, %s], [%s, %s], [%s, %s], [%s, %s], %s)"
            .formatted(
                w.h().kernel(),
                w.w().kernel(),
                w.h().stride(),
                w.w().stride(),
                even ? w.h().before() : 0,
                even ? w.w().before() : 0,
                w.h().dilation(),
                w.w().dilation(),
                w.h().ceil() ? "True" : "False"),
        "x");
  }

  /** By TorchScript, for DJL counts padding whether asked to or not. */
  private Call average(AvgPool2d pool) {
    Window own = pool.window();
    boolean counted = pool.countPadding();
    boolean before = pool.same() || !even(own) || dilated(own);
    UnaryOperator<NDArray> means = means(own, before ? Window.of(1) : own, counted);
    if (!before) {
      return (x, training) -> means.apply(x);
    }
    return (x, training) -> {
      Window w = on(x, own, pool.same());
      NDArray y = means.apply(pad(x, 0, w));
      return counted ? y : y.div(means.apply(pad(x.onesLike(), 0, w)));
    };
  }

  private UnaryOperator<NDArray> means(Window window, Window padding, boolean counted) {
    return dilated(window)
        ? x -> dilatedMeans(x, window)
        : plainMeans(window, padding, counted)::apply;
  }

  /** PyTorch's means have no dilation: a convolution of each channel by itself has. */
  private static NDArray dilatedMeans(NDArray x, Window w) {
    long channels = x.getShape().get(1);
    Shape kernel = new Shape(channels, 1, w.h().kernel(), w.w().kernel());
    NDArray weight = x.getManager().ones(kernel, x.getDataType()).div(w.elements());
    return ai.djl.nn.convolutional.Conv2d.conv2d(
            x, weight, null, stride(w), new Shape(0, 0), dilation(w), (int) channels)
        .singletonOrThrow();
  }

  private TorchScript plainMeans(Window window, Window padding, boolean counted) {
    String body =
        "return torch.avg_pool2d(x, [%s, %s], [%s, %s], [%s, %s], %s, %s)"
            .formatted(
                window.h().kernel(),
                window.w().kernel(),
                window.h().stride(),
                window.w().stride(),
                padding.h().before(),
                padding.w().before(),
                window.h().ceil() ? "True" : "False",
                counted ? "True" : "False");
    return script(body, "x");
  }

  private static Call adaptive(int height, int width) {
    Shape size = new Shape(height, width);
    return (x, training) -> JniUtils.adaptiveAvgPool((PtNDArray) x, size);
  }

  /** DJL's momentum is the weight of the old average, which it turns into PyTorch's. */
  private Call normalisation(BatchNorm2d norm) {
    NDArray weight = open.removeFirst();
    NDArray bias = open.removeFirst();
    NDArray mean = open.removeFirst();
    NDArray variance = open.removeFirst();
    float momentum = (float) (1 - norm.momentum());
    float eps = (float) norm.eps();
    return (x, training) ->
        BatchNorm.batchNorm(x, mean, variance, weight, bias, 1, momentum, eps, training)
            .singletonOrThrow();
  }

  /**
   * As {@code torch.nn.functional.local_response_norm} does it, by a mean over channels; but a
   * window of even size reaches farther behind, as in ONNX, where PyTorch's reaches farther ahead.
   */
  private Call responses(LocalResponseNorm norm) {
    double alpha = norm.divided() ? norm.alpha() : norm.alpha() * norm.size();
    String body =
        """
        squares = torch.unsqueeze(torch.mul(x, x), 1)
        padded = torch.constant_pad_nd(squares, [0, 0, 0, 0, %s, %s], 0)
        means = torch.squeeze(torch.avg_pool3d(padded, [%s, 1, 1], [1, 1, 1]), 1)
        scales = torch.pow(torch.add(torch.mul(means, %s), %s), %s)
        return torch.div(x, scales)\
        """
            .formatted(
                (norm.size() - 1) / 2,
                norm.size() / 2,
                norm.size(),
                alpha,
                norm.bias(),
                norm.beta());
    return script(body);
  }

  private Call activation(Unary function) {
    return switch (function) {
      case Rectifier.Relu _ -> (x, training) -> ai.djl.nn.Activation.relu(x);
      case Rectifier.LeakyRelu(double slope) -> unary("leaky_relu", slope);
      case Rectifier.Elu(double alpha) -> unary("elu", alpha);
      case Sigmoidal.Sigmoid _ -> unary("sigmoid");
      case Sigmoidal.Tanh _ -> unary("tanh");
      case Sigmoidal.Softplus _ -> unary("softplus");
      case Rectifier.Clip(double min, double max) -> unary("clamp", min, max);
      case Sigmoidal.Silu _ -> unary("silu");
      case Sigmoidal.Gelu _ -> unary("gelu");
      case Sigmoidal.GeluTanh _ -> script("return torch.gelu(x, approximate=\"tanh\")");
      default -> throw new IllegalArgumentException("No translation of " + function);
    };
  }

  private Call unary(String name, double... arguments) {
    String numbers = Arrays.stream(arguments).mapToObj(a -> ", " + a).collect(Collectors.joining());
    return script("return torch.%s(x%s)".formatted(name, numbers));
  }

  /** A function of x alone. */
  private Call script(String body) {
    TorchScript function = script(body, "x");
    return (x, training) -> function.apply(x);
  }

  private TorchScript script(String body, String... arguments) {
    return new TorchScript(manager, body, arguments);
  }

  private Call withWeight(TorchScript function) {
    NDArray weight = open.removeFirst();
    return (x, training) -> function.apply(x, weight);
  }
}
