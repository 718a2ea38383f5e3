package dev.vitrine.testkit;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Value;

/**
 * A network of windows that differ down and to the right, whose bits are pinned and must not
 * change: to be trained on {@link EveryOp}'s images.
 */
record UnequalWindows() implements Layer {
  @Override
  public Value apply(NetworkBuilder n, Value x) {
    Layer cross =
        Sequential.of(
            Conv2d.of(8, 1, 5).padding(0, 2),
            Activation.relu(),
            Conv2d.of(8, 5, 1).stride(2, 1).padding(2, 0));
    Value a = n.add("cross", cross, x);
    Value b = n.add("largest", MaxPool2d.of(3, 2).stride(1, 2).dilation(1, 2).padding(1), a);
    Value c = n.add("mean", AvgPool2d.of(2, 1).stride(1).dilation(2, 1), b);
    Value up = n.add("up", ConvTranspose2d.of(6, 2, 3).stride(2, 1).outputPadding(1, 0), c);
    Value wide = n.add("wide", Conv2d.of(12, 3, 5).dilation(2, 1).padding(2), n.tanh(up));
    Value hidden = n.tanh(n.add("hidden", Linear.of(12), n.flatten(wide)));
    return n.add("logits", Linear.of(10), hidden);
  }
}
