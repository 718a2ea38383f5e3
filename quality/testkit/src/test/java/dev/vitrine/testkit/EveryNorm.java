package dev.vitrine.testkit;

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
    return n.add("logits", Linear.of(10), n.flatten(c));
  }
}
