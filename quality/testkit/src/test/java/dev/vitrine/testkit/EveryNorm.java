package dev.vitrine.testkit;

import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.op.Value;

/** A network of every normalisation, beside {@link EveryOp}, whose bits are pinned. */
record EveryNorm() implements Layer {
  @Override
  public Value apply(NetworkBuilder n, Value x) {
    Value a = n.relu(n.add("first", Conv2d.of(8, 3).padding(1), x));
    Value b = n.add("lrn", LocalResponseNorm.undivided(2, 0.1), a);
    Value c = n.add("lrn-general", LocalResponseNorm.of(4).alpha(0.2).beta(0.6), b);
    Value d = n.add("second", Conv2d.of(6, 3).stride(2).bias(false), c);
    Value e = n.relu(n.add("norm", BatchNorm2d.of(), d));
    Value hidden = n.add("hidden", Linear.of(21), n.flatten(e));
    Value f = n.tanh(n.add("vectors", BatchNorm2d.of().momentum(0.3), hidden));
    return n.add("logits", Linear.of(10), f);
  }
}
