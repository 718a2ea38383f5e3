package dev.vitrine.plan;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.CustomOp;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.LogSoftmax;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.PRelu;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Turns values into buffers and steps, one value after the other. The {@code switch} over the ops
 * is exhaustive: an op without a rule does not compile.
 */
final class Lowering {
  final Kernels kernels;

  /** Blocks of the largest batch. */
  final int maxBlocks;

  final List<Step> steps = new ArrayList<>();
  final Map<String, Buffer> inputs = new LinkedHashMap<>();
  private final Parameters parameters;
  private final Map<Value, List<Value>> consumers;
  private final Map<Value, Buffer> lanes = new HashMap<>();
  private final Map<Value, Buffer> flat = new HashMap<>();
  private final Map<Value, Buffer> bound = new HashMap<>();
  private final Map<Buffer, Panels> panels = new HashMap<>();
  private final Map<Derived, Buffer> derived = new HashMap<>();

  /** Something that several values' steps need of one buffer. */
  private record Derived(Buffer x, Object what) {}

  /**
   * @param consumers for each value that must be computed, those that read it; outputs have an
   *     extra {@code null}, so that nothing is fused across them
   */
  Lowering(
      Kernels kernels, int maxBlocks, Parameters parameters, Map<Value, List<Value>> consumers) {
    this.kernels = kernels;
    this.maxBlocks = maxBlocks;
    this.parameters = parameters;
    this.consumers = consumers;
  }

  /** Whether an output or a gradient depends on a value. */
  boolean isNeeded(Value y) {
    return consumers.containsKey(y);
  }

  /** Adds the steps that compute a value, unless an earlier one's steps already do. */
  void lower(Value y) {
    if (lanes.containsKey(y) || flat.containsKey(y)) {
      return;
    }
    switch (y.op()) {
      case Leaf leaf -> leaf(leaf, y);
      case Unary f -> ElementwiseSteps.unary(this, f, y);
      case Unary.Gradient g -> ElementwiseSteps.unaryGradient(this, g, y);
      case Binary op -> ElementwiseSteps.binary(this, op, y);
      case DropoutMask op -> ElementwiseSteps.dropoutMask(this, op, y);
      case Affine op -> AffineSteps.forward(this, op, y);
      case Affine.InputGradient _ -> AffineSteps.inputGradient(this, y);
      case Affine.WeightGradient _ -> AffineSteps.weightGradient(this, y);
      case Convolution op -> ConvolutionSteps.forward(this, op, y);
      case Convolution.InputGradient op -> ConvolutionSteps.inputGradient(this, op, y);
      case Convolution.WeightGradient op -> ConvolutionWeightGradient.lower(this, op, y);
      case Convolution.BiasGradient _ -> BatchSteps.biasGradient(this, y);
      case MaxPool op -> PoolSteps.max(this, op, y);
      case MaxPool.Gradient op -> PoolSteps.maxGradient(this, op, y);
      case AveragePool op -> PoolSteps.average(this, op, y);
      case AveragePool.Gradient op -> PoolSteps.averageGradient(this, op, y);
      case AdaptiveAveragePool op -> PoolSteps.adaptive(this, op, y);
      case AdaptiveAveragePool.Gradient op -> PoolSteps.adaptiveGradient(this, op, y);
      case PRelu _ -> ElementwiseSteps.prelu(this, y);
      case PRelu.InputGradient _ -> ElementwiseSteps.preluGradient(this, y);
      case Permute op -> MoveSteps.permute(this, op, y);
      case Reshape _ -> lanes.put(y, lanes(y.inputs().getFirst()));
      case Concat op -> MoveSteps.concat(this, op, y);
      case Slice op -> MoveSteps.slice(this, op, y);
      case Slice.Gradient op -> MoveSteps.sliceGradient(this, op, y);
      case Sum op -> MoveSteps.sum(this, op, y);
      case Broadcast op -> MoveSteps.broadcast(this, op, y);
      case Softmax _ -> SoftmaxSteps.softmax(this, y);
      case Softmax.Gradient _ -> SoftmaxSteps.softmaxGradient(this, y);
      case LogSoftmax _ -> SoftmaxSteps.logSoftmax(this, y);
      case LogSoftmax.Gradient _ -> SoftmaxSteps.logSoftmaxGradient(this, y);
      case SoftmaxCrossEntropy op -> SoftmaxSteps.crossEntropy(this, op, y);
      case SoftmaxCrossEntropy.Gradient op -> SoftmaxSteps.crossEntropyGradient(this, op, y);
      case Lrn op -> LrnSteps.forward(this, op, y);
      case Lrn.Gradient op -> LrnSteps.gradient(this, op, y);
      case BatchNorm op -> BatchNormSteps.forward(this, op, y);
      case ChannelSum.Mean _ -> BatchNormSteps.mean(this, y);
      case ChannelSum.Variance _ -> BatchNormSteps.variance(this, y);
      case ChannelSum.BiasGradient _ -> BatchNormSteps.biasGradient(this, y);
      case ChannelSum.WeightGradient op -> BatchNormSteps.weightGradient(this, op, y);
      case BatchNorm.InputGradient op -> BatchNormSteps.inputGradient(this, op, y);
      case BatchReduce op -> BatchSteps.reduce(this, op, y);
      case BatchSpread op -> BatchSteps.spread(this, op, y);
      case CustomOp op -> CustomSteps.custom(this, op, y);
    }
  }

  private void leaf(Leaf leaf, Value y) {
    switch (leaf) {
      case Leaf.Input input -> {
        Buffer buffer = Buffer.lanes(y.shape().elements(), maxBlocks);
        lanes.put(y, buffer);
        inputs.put(input.name(), buffer);
      }
      case Leaf.Parameter parameter -> flat.put(y, stored(parameter.name()));
      case Leaf.Buffer carried -> flat.put(y, stored(carried.name()));
      case Leaf.Constant constant -> {
        Buffer buffer = Buffer.sharedLanes(y.shape().elements());
        float[] all = new float[buffer.size];
        Arrays.fill(all, (float) constant.number());
        buffer.data = all;
        lanes.put(y, buffer);
        flat.put(y, Buffer.outside(all, 0, y.shape().elements()));
      }
    }
  }

  private Buffer stored(String name) {
    Layout.Entry entry = parameters.layout().entry(name);
    return Buffer.outside(parameters.values(), entry.offset(), entry.shape().elements());
  }

  /** A value's numbers in lanes, to read; a flat one is spread first. */
  Buffer lanes(Value x) {
    Buffer known = lanes.get(x);
    if (known != null) {
      return known;
    }
    Buffer spread = Buffer.sharedLanes(x.shape().elements());
    BatchSteps.spreadFlat(this, flat(x), spread);
    lanes.put(x, spread);
    return spread;
  }

  /** The lanes of input {@code i}. */
  Buffer lanes(Value y, int i) {
    return lanes(y.inputs().get(i));
  }

  /** A shared value's elements, to read; one in lanes is gathered first. */
  Buffer flat(Value x) {
    Buffer known = flat.get(x);
    if (known != null) {
      return known;
    }
    Buffer gathered = Buffer.flat(x.shape().elements());
    BatchSteps.gather(this, lanes.get(x), gathered);
    flat.put(x, gathered);
    return gathered;
  }

  /** A new place in lanes for a value that is about to be computed. */
  Buffer newLanes(Value y) {
    Buffer buffer = newLanes(y.shape().elements(), y.perExample());
    lanes.put(y, buffer);
    return buffer;
  }

  /** A new place in lanes that belongs to no value. */
  Buffer newLanes(long elements, boolean perExample) {
    return perExample ? Buffer.lanes(elements, maxBlocks) : Buffer.sharedLanes(elements);
  }

  /** A flat place for a shared value that is about to be computed. */
  Buffer newFlat(Value y) {
    Buffer place = bound.get(y);
    Buffer buffer = place == null ? Buffer.flat(y.shape().elements()) : place;
    flat.put(y, buffer);
    return buffer;
  }

  /** States that a value's flat place is to be this one, before it is lowered. */
  void bind(Value y, Buffer place) {
    bound.put(y, place);
  }

  /**
   * The activation that alone reads a value, so that it can be applied as the value is stored;
   * {@code null} if there is none.
   */
  Value fusible(Value y) {
    List<Value> readers = consumers.get(y);
    return readers.size() == 1
            && readers.getFirst() != null
            && readers.getFirst().op() instanceof Unary
        ? readers.getFirst()
        : null;
  }

  /**
   * The activation's derivative that alone reads a gradient, so that it can be applied while the
   * gradient is near; {@code null} if there is none.
   */
  Value fusibleDerivative(Value dy) {
    List<Value> readers = consumers.get(dy);
    Value reader = readers.size() == 1 ? readers.getFirst() : null;
    return reader != null
            && reader.op() instanceof Unary.Gradient
            && reader.inputs().get(1).equals(dy)
        ? reader
        : null;
  }

  /** A buffer's images with a border of zeros; made once for each border. */
  Buffer padded(Buffer x, Padding padding) {
    if (padding.isEmpty()) {
      return x;
    }
    return derived(x, padding, () -> MoveSteps.pad(this, x, padding));
  }

  /** What is computed from a buffer, once however many ask for it. */
  Buffer derived(Buffer x, Object what, Supplier<Buffer> make) {
    return derived.computeIfAbsent(new Derived(x, what), key -> make.get());
  }

  /** A value in lanes as panels; those of an input are filled with it, others by a step. */
  Panels panels(Value reader, Buffer x) {
    Panels known = panels.get(x);
    if (known != null) {
      return known;
    }
    Panels made = isInput(x) ? Panels.of(this, x) : AffineSteps.panels(this, reader, x);
    panels.put(x, made);
    return made;
  }

  /** Whether examples are loaded into a buffer, not computed. */
  boolean isInput(Buffer x) {
    return inputs.containsValue(x);
  }

  /** The panels of the inputs that have some. */
  Map<Buffer, Panels> inputPanels() {
    Map<Buffer, Panels> given = new HashMap<>(panels);
    given.keySet().retainAll(inputs.values());
    return given;
  }

  void add(Step step) {
    steps.add(step);
  }

  static String name(Value y, String what) {
    return y.scope().isEmpty() ? what : y.scope() + " " + what;
  }

  static String name(Value y) {
    Op op = y.op();
    return name(y, op instanceof Enum<?> ? op.toString() : op.getClass().getSimpleName());
  }
}
