package dev.vitrine.testkit;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.op.Grid;
import dev.vitrine.op.Value;

/** Numbers put on grids on one of two ways, the other of which learns: bits that are pinned. */
record GridForms() implements Layer {
  @Override
  public Value apply(NetworkBuilder n, Value x) {
    Value whole = n.apply(new Grid(0x1p-4, -128, 127), x);
    Value a = n.add("first", Conv2d.of(7, 3).stride(2).padding(1), whole);
    Value b = n.add("relu", Activation.relu(), a);
    Value both = n.add(b, n.apply(new Grid(0.3, 0, 255), b));
    return n.add("logits", Linear.of(10), n.flatten(both));
  }
}
