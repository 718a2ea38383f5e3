package dev.vitrine.xray;

import dev.vitrine.op.Cost;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** What one value of a graph costs, in a convention, as numbers and on paper. */
record Arithmetic(Value value, OnPaper paper, Convention convention) {
  /** The arithmetic of a value. */
  Arithmetic(Value value, Convention convention) {
    this(value, OnPaper.of(value), convention);
  }

  /** How often it is computed: once for each example that it depends on. */
  private long times() {
    boolean perExample = value.perExample() || value.inputs().stream().anyMatch(Value::perExample);
    return perExample ? convention.batch() : 1;
  }

  /** The cost of the whole batch. */
  Cost cost() {
    List<Shape> inputs = value.inputs().stream().map(Value::shape).toList();
    Cost one = value.op().cost(inputs, value.shape());
    long additions = one.additions() - (convention.biases() ? 0 : paper.biases());
    long n = times();
    return new Cost(
        Math.multiplyExact(n, one.macs()),
        Math.multiplyExact(n, one.multiplications()),
        Math.multiplyExact(n, additions),
        Math.multiplyExact(n, one.comparisons()),
        Math.multiplyExact(n, one.functions()));
  }

  /** The multiply–accumulates as a formula, if it has any. */
  Optional<Formula> macs() {
    long macs = cost().macs();
    return macs == 0
        ? Optional.empty()
        : Optional.of(
            Formula.of(name(), paper.products().map(p -> times(p.macs())).orElse("" + macs), macs));
  }

  /** The FLOPs as formulas, one for each kind. */
  List<Formula> flops() {
    if (convention.flops() == Convention.Flops.TWO_PER_MAC) {
      return macs().stream()
          .map(f -> Formula.of(f.of(), "2·" + f.text(), 2 * (long) f.value()))
          .toList();
    }
    long all = cost().exactFlops();
    if (all == 0) {
      return List.of();
    }
    long biases = convention.biases() ? Math.multiplyExact(times(), paper.biases()) : 0;
    if (paper.products().isEmpty() || biases == 0) {
      return List.of(Formula.of(name(), times(paper.flops()), all));
    }
    return List.of(
        Formula.of(name(), times(paper.flops()), all - biases),
        Formula.of("biases", times(Formula.product(value.shape().sizes())), biases));
  }

  private String times(String formula) {
    return times() == 1 ? formula : Formula.product((int) times()) + "·" + formula;
  }

  /** What the value is called on paper. */
  String name() {
    return paper.name();
  }
}
