package dev.vitrine.testkit;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.Slice;
import dev.vitrine.op.Value;

/** Both forms of GELU, each on its slice of the channels: a network whose bits are pinned. */
record GeluForms() implements Layer {
  @Override
  public Value apply(NetworkBuilder n, Value x) {
    Value a = n.add("first", Conv2d.of(7, 3).stride(2).padding(1), x);
    Layer exact = Sequential.of(Slice.of(0, 0, 3), Activation.gelu());
    Layer tanh = Sequential.of(Slice.of(0, 3, 7), Activation.geluTanh(), Slice.of(1, 1, 4));
    Layer rows = Sequential.of(exact, Slice.of(1, 2, 5));
    Value b = n.flatten(n.add("forms", Parallel.of(rows, tanh), a));
    Value hidden = n.add("hidden", Sequential.of(Linear.of(29), Activation.geluTanh()), b);
    return n.add("logits", Linear.of(10), hidden);
  }
}
