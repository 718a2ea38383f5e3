package dev.vitrine.summary;

import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Cost;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import java.util.List;
import java.util.Optional;

/** What one value of a graph costs, in a convention, as numbers and on paper. */
record Arithmetic(Value value, OnPaper paper, Convention convention) {
  /** The arithmetic of a value. */
  Arithmetic(Value value, Convention convention) {
    this(value, OnPaper.of(value, times(value, convention)), convention);
  }

  /** How often it is computed: once for each example that it depends on. */
  private static int times(Value value, Convention convention) {
    boolean perExample = value.perExample() || value.inputs().stream().anyMatch(Value::perExample);
    return perExample ? convention.batch() : 1;
  }

  private int times() {
    return times(value, convention);
  }

  /** Whether it is a sum over all examples. */
  private boolean sumsBatch() {
    return value.op().batching() == Op.Batching.REDUCE;
  }

  /**
   * The cost of the whole batch. What one example costs an op that sums over all includes adding to
   * the examples before, which the first does without.
   */
  Cost cost() {
    Cost one = value.cost();
    long additions = one.additions() - (convention.biases() ? 0 : paper.biases());
    long once = value.op() instanceof ChannelSum.WeightGradient ? value.shape().elements() : 0;
    long first = sumsBatch() ? value.shape().elements() : 0;
    return new Cost(
        total(one.macs(), 0),
        total(one.multiplications(), once),
        total(additions, once) - first,
        total(one.comparisons(), 0),
        total(one.functions(), once));
  }

  /** Of all examples, of whose counts {@code once} is shared. */
  private long total(long each, long once) {
    return Math.addExact(Math.multiplyExact((long) times(), each - once), once);
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
    long biases = convention.biases() ? Math.multiplyExact((long) times(), paper.biases()) : 0;
    if (paper.products().isEmpty() || biases == 0) {
      String flops = paper.flops();
      return List.of(Formula.of(name(), sumsBatch() ? flops : times(flops), all));
    }
    return List.of(
        Formula.of(name(), times(paper.flops()), all - biases),
        Formula.of("biases", times(Formula.product(value.shape().sizes())), biases));
  }

  private String times(String formula) {
    return times() == 1 ? formula : Formula.product(times()) + "·" + formula;
  }

  /** What the value is called on paper. */
  String name() {
    return paper.name();
  }
}
