package dev.vitrine.testkit;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Dropout2d;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.op.Value;

/**
 * A network of the ops that came after {@link EveryOp}, whose bits are pinned and must not change:
 * to be trained on the same images.
 */
record LaterOps() implements Layer {
  @Override
  public Value apply(NetworkBuilder n, Value x) {
    Value a = n.add("stem", Sequential.of(Conv2d.of(8, 3).stride(2).same(true), PRelu.of()), x);
    Layer body =
        Sequential.of(
            Conv2d.of(12, 3).padding(2, 0, 0, 2), Activation.gelu(), Conv2d.of(12, 2).same(true));
    Value b = n.add("block", Residual.of(body, Conv2d.of(12, 1)), a);
    Value up = n.add("up", ConvTranspose2d.of(6, 3).stride(2).outputPadding(1), b);
    Value c = n.add("small", AdaptiveAvgPool2d.of(4), n.add("silu", Activation.silu(), up));
    Value d = n.add("turned", Permute.of(1, 2, 0), n.add("dropped", Dropout2d.of(0.2), c));
    Value e =
        n.add("pooled", MaxPool2d.of(3).stride(2).same(true), n.add("pad", ZeroPad2d.of(1), d));
    Value f = n.add("clipped", Activation.clip(-1, 1), e);
    Value whole = n.flatten(n.add("global", GlobalAvgPool2d.of(), b));
    Value hidden = n.add("hidden", Linear.of(12), n.flatten(f));
    return n.add("logits", Linear.of(10), n.add(hidden, whole));
  }
}
