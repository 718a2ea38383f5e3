package dev.vitrine.train;

/** The network's outputs for the examples of a batch, of which plans compute some at a time. */
final class OutputRows {
  private final float[] row;
  private final float[] all;

  /** Room for so many examples, of so many numbers each. */
  OutputRows(int examples, int elements) {
    row = new float[elements];
    all = new float[Math.multiplyExact(examples, elements)];
  }

  /** Takes those of a plan's newest run, which began there in the batch. */
  void take(PlanGradients plan, int first, int count) {
    for (int i = 0; i < count; i++) {
      plan.output(i, row);
      System.arraycopy(row, 0, all, (first + i) * row.length, row.length);
    }
  }

  void read(int example, float[] into) {
    System.arraycopy(all, example * row.length, into, 0, row.length);
  }
}
