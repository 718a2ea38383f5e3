package dev.vitrine.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.vitrine.optim.Adam;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code torch.optim.Adam} step by step in PyTorch's own tensor operations, as its single-tensor
 * form has them. (DJL's optimiser leaves epsilon outside the bias correction.)
 */
final class PyTorchAdam {
  private final Adam adam;
  private final NDManager manager;
  private final Map<String, Memory> memories = new HashMap<>();

  /** What is remembered of a parameter. */
  private static final class Memory {
    private final NDArray mean;
    private final NDArray square;
    private int step;

    Memory(NDManager manager, NDArray weight) {
      mean = manager.zeros(weight.getShape(), weight.getDataType());
      square = manager.zeros(weight.getShape(), weight.getDataType());
    }
  }

  PyTorchAdam(Adam adam, NDManager manager) {
    this.adam = adam;
    this.manager = manager;
  }

  void update(String name, NDArray weight, NDArray gradient) {
    Memory memory = memories.computeIfAbsent(name, key -> new Memory(manager, weight));
    memory.step++;
    double correction1 = 1 - Math.pow(adam.beta1(), memory.step);
    double correction2 = 1 - Math.pow(adam.beta2(), memory.step);
    try (NDManager own = manager.newSubManager()) {
      NDArray g = gradient.duplicate();
      g.attach(own);
      if (adam.weightDecay() != 0) {
        NDArray decay = weight.mul(adam.weightDecay());
        decay.attach(own);
        g.addi(decay);
      }
      memory.mean.muli(adam.beta1()).addi(g.mul(1 - adam.beta1()));
      memory.square.muli(adam.beta2()).addi(g.mul(g).muli(1 - adam.beta2()));
      NDArray root = memory.square.sqrt();
      root.attach(own);
      root.divi(Math.sqrt(correction2)).addi(adam.epsilon());
      NDArray change = memory.mean.div(root);
      change.attach(own);
      weight.subi(change.muli(adam.learningRate() / correction1));
      gradient.subi(gradient); // as DJL's own rules do: the next backward pass adds to it
    }
  }
}
