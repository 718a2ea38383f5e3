package dev.vitrine.look.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * What kind of kernel one is, in sentences that follow from its numbers.
 *
 * @param kernel what is described, laid on as a correlation would
 */
public record KernelNature(Matrix kernel) {
  private static final double ROUNDING = 1e-9;
  private static final double SMALL = 0.05;

  /** {@return what it does, a sentence each} */
  public List<String> sentences() {
    return List.of(sum(), symmetry(), separability(), edges(), frequencies());
  }

  private double rounding() {
    return ROUNDING * Math.max(kernel.most(), Double.MIN_NORMAL);
  }

  private String sum() {
    double sum = kernel.sum();
    String text = Kernel.text(sum);
    if (Math.abs(sum - 1) <= ROUNDING) {
      return "Its numbers sum to 1: flat areas keep their value.";
    }
    if (Math.abs(sum) <= rounding() * kernel.values().length) {
      return "Its numbers sum to 0: flat areas become 0, and only changes are left.";
    }
    return "Its numbers sum to %s: flat areas are multiplied by it.".formatted(text);
  }

  private String symmetry() {
    List<String> same = new ArrayList<>();
    if (kernel.distance(kernel.turned()) <= rounding()) {
      same.add("turned by 180°");
    }
    if (kernel.distance(kernel.mirrored()) <= rounding()) {
      same.add("mirrored left to right");
    }
    if (kernel.distance(kernel.mirrored().turned()) <= rounding()) {
      same.add("mirrored top to bottom");
    }
    if (kernel.rows() == kernel.columns() && kernel.distance(kernel.transposed()) <= rounding()) {
      same.add("transposed");
    }
    boolean point = !same.isEmpty() && same.getFirst().startsWith("turned");
    String which =
        same.isEmpty() ? "It has no symmetry" : "It is the same " + String.join(", ", same);
    if (point) {
      boolean even = kernel.rows() % 2 == 0 || kernel.columns() % 2 == 0;
      return which
          + ": symmetric about its middle, so convolution and correlation are the same"
          + (even ? ", but for a shift by one where an even size has no middle number." : ".");
    }
    return kernel.distanceToNegative(kernel.turned()) <= rounding()
        ? which
            + ", and its negative turned by 180°: convolution and correlation differ in the sign."
        : which + ": convolution and correlation differ.";
  }

  /** Whether it is a column times a row: all its 2×2 minors with the largest element vanish. */
  private String separability() {
    int pivot = 0;
    double[] values = kernel.values();
    for (int i = 1; i < values.length; i++) {
      pivot = Math.abs(values[i]) > Math.abs(values[pivot]) ? i : pivot;
    }
    int row = pivot / kernel.columns();
    int column = pivot % kernel.columns();
    double worst = 0;
    for (int r = 0; r < kernel.rows(); r++) {
      for (int c = 0; c < kernel.columns(); c++) {
        double minor =
            kernel.at(r, c) * kernel.at(row, column) - kernel.at(r, column) * kernel.at(row, c);
        worst = Math.max(worst, Math.abs(minor));
      }
    }
    double most = kernel.most();
    return worst <= ROUNDING * Math.max(most * most, Double.MIN_NORMAL)
        ? "It is a column times a row: two passes of %s and %s numbers do the same as one of %s."
            .formatted(kernel.rows(), kernel.columns(), values.length)
        : "It is no column times a row: it cannot be done in two passes.";
  }

  /** What a step from 0 to 1 becomes, across the step. */
  private String edges() {
    return "A step from 0 to 1 becomes %s from left to right, and %s from top to bottom."
        .formatted(edge(kernel), edge(kernel.transposed()));
  }

  private static String edge(Matrix kernel) {
    double[] response = stepResponse(kernel);
    List<String> texts = new ArrayList<>();
    for (double value : response) {
      texts.add(Kernel.text(value));
    }
    return String.join(" ", texts);
  }

  /**
   * {@return what the kernel makes of a step from 0 to 1 between two columns, place by place from
   * left to right, from where it sees none of the step to where it sees it all}
   *
   * @param kernel laid on as it is
   */
  public static double[] stepResponse(Matrix kernel) {
    double[] response = new double[kernel.columns() + 1];
    for (int seen = 1; seen < response.length; seen++) {
      double column = 0;
      for (int row = 0; row < kernel.rows(); row++) {
        column += kernel.at(row, kernel.columns() - seen);
      }
      response[seen] = response[seen - 1] + column;
    }
    return response;
  }

  private String frequencies() {
    FrequencyResponse response = new FrequencyResponse(kernel);
    return "Of waves it lets through %s of none at all, %s and %s of the finest to the right and down, %s of the finest both ways, at most %s: %s."
        .formatted(
            Kernel.text(response.size(0, 0)),
            Kernel.text(response.size(Math.PI, 0)),
            Kernel.text(response.size(0, Math.PI)),
            Kernel.text(response.size(Math.PI, Math.PI)),
            Kernel.text(response.largest()),
            kind());
  }

  /** {@return what it does to waves, in mid-sentence} */
  public String kind() {
    FrequencyResponse response = new FrequencyResponse(kernel);
    double oneWay = Math.max(response.size(Math.PI, 0), response.size(0, Math.PI));
    double finest = Math.max(response.size(Math.PI, Math.PI), oneWay);
    return kind(response.size(0, 0), finest, response.largest());
  }

  private static String kind(double zero, double finest, double most) {
    if (most == 0) {
      return "it lets nothing through";
    }
    if (Math.abs(zero - finest) <= SMALL * most && zero > (1 - SMALL) * most) {
      return "it lets all waves through alike";
    }
    if (zero >= (1 - SMALL) * most) {
      return "it keeps what is coarse and weakens what is fine, so it blurs";
    }
    if (zero > SMALL * most) {
      return finest >= (1 - SMALL) * most
          ? "it strengthens what is fine and keeps what is coarse, so it sharpens"
          : "it prefers waves between coarse and finest and keeps some of what is coarse";
    }
    return finest >= most / 2
        ? "it keeps what is fine alone, so it shows edges and noise"
        : "it keeps what is neither coarse nor finest, so it shows edges and smooths noise";
  }
}
