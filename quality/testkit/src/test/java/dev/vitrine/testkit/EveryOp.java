package dev.vitrine.testkit;

import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Concat;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.LogSoftmax;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;

/** A network that uses every op of the library, to be trained on images of ten classes. */
record EveryOp() implements Layer {
  static final Shape IMAGE = Shape.of(3, 9, 8);

  private static final Window NEAR = Window.of(3).padding(1);

  @Override
  public Value apply(NetworkBuilder n, Value x) {
    Value a = n.relu(n.add("first", Conv2d.of(8, 3).padding(1), x));
    Value b = n.add("second", Conv2d.of(6, 5).stride(2).padding(2).groups(2), a);
    Value pooled = pooled(n, b);
    Value c = n.add(functions(n, b), probabilities(n, pooled));
    Value centred = n.subtract(c, n.batchMean(c));
    Value spread = n.shift(n.batchSum(n.square(centred)), 1);
    Value d = n.divide(centred, n.power(spread, 0.5));
    Value kept = n.multiply(d, n.apply(new DropoutMask(0.2, "every op"), d));
    Value channels = n.reshape(n.mean(b, 1, 2), Shape.of(b.shape().size(0), 1, 1));
    Value scaled = n.multiply(kept, n.shift(n.broadcast(channels, b.shape()), 1));
    Value hidden = n.tanh(n.add("hidden", Linear.of(33), n.flatten(scaled)));
    return n.add("logits", Linear.of(10), n.apply(new Cube(), n.shift(hidden, 0.5)));
  }

  /** Half the channels by their maxima, half by their means. */
  private static Value pooled(NetworkBuilder n, Value x) {
    int half = x.shape().size(0) / 2;
    Value largest = n.apply(new MaxPool(NEAR), n.apply(new Slice(0, 0, half), x));
    Value mean = n.apply(new AveragePool(NEAR, false), n.apply(new Slice(0, half, half), x));
    return n.apply(new Concat(0), largest, mean);
  }

  /** Every function of one number, at arguments where it is tame. */
  private static Value functions(NetworkBuilder n, Value x) {
    Value s = n.sigmoid(x);
    Value y = n.add(n.exp(n.negate(s)), n.log(n.shift(s, 0.5)));
    Value z = n.add(n.apply(new Rectifier.LeakyRelu(0.1), x), n.apply(new Rectifier.Elu(0.7), x));
    return n.add(y, n.scale(n.subtract(z, n.softplus(x)), 0.5));
  }

  private static Value probabilities(NetworkBuilder n, Value x) {
    Value p = n.apply(new Softmax(), x);
    Value log = n.apply(new LogSoftmax(), x);
    Value entropy = n.sum(n.multiply(p, log), 0);
    Value one = n.constant(1, x.shape());
    return n.add(
        n.subtract(p, log), n.divide(one, n.shift(n.square(n.broadcast(entropy, x.shape())), 1)));
  }
}
