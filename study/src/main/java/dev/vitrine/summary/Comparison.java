package dev.vitrine.summary;

import dev.vitrine.report.Numbers;
import dev.vitrine.summary.Summary.Kind;
import dev.vitrine.summary.Summary.Row;
import dev.vitrine.summary.Table.Column;
import dev.vitrine.summary.Table.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Several networks next to each other.
 *
 * @param networks the one with most parameters first
 */
public record Comparison(List<NamedSummary> networks) {
  private static final List<String> WORDS =
      List.of(
          "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");

  /** Sorts the networks; equals stay in their order. */
  public Comparison {
    networks =
        networks.stream()
            .sorted(
                Comparator.comparingLong((NamedSummary x) -> x.summary().parameters()).reversed())
            .toList();
  }

  /** {@return a table of one line a network} */
  public Table table() {
    List<Column> columns =
        List.of(
            new Column("model", "network", true),
            new Column("input", "input", true),
            new Column("convolutions", "conv", false),
            new Column("dense", "dense", false),
            new Column("parameters", "parameters", false),
            new Column("dense_share", "in dense", false),
            new Column("macs", "MACs", false),
            new Column("flops_forward", "FLOPs forward", false),
            new Column("flops_backward", "FLOPs backward", false),
            new Column("activation_bytes", "activation B", false),
            new Column("flops_per_byte", "FLOP/B", false));
    return new Table(columns, networks.stream().map(Comparison::row).toList(), List.of());
  }

  private static List<Object> row(NamedSummary network) {
    Summary summary = network.summary();
    return List.of(
        network.title(),
        Table.sizes(summary.input()),
        (long) of(summary, Kind.CONVOLUTION).size(),
        (long) of(summary, Kind.DENSE).size(),
        summary.parameters(),
        new Share(share(summary, Kind.DENSE, Row::parameters)),
        summary.macs(),
        summary.forwardFlops(),
        summary.backwardFlops(),
        summary.activationBytes(),
        summary.intensity());
  }

  private static List<Row> of(Summary summary, Kind kind) {
    return summary.rows().stream().filter(row -> row.kind() == kind).toList();
  }

  private static double share(Summary summary, Kind kind, ToLongFunction<Row> count) {
    long whole = summary.total(count);
    long part = of(summary, kind).stream().mapToLong(count).sum();
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** {@return what one sees in the table, in words} */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    networks.forEach(network -> sentences.add(sentence(network)));
    NamedSummary most = networks.getFirst();
    NamedSummary least = networks.getLast();
    if (least.summary().parameters() > 0 && networks.size() > 1) {
      sentences.add(
          "%s has %s %s, and %s."
              .formatted(
                  most.title(),
                  times(
                      most.summary().parameters(),
                      least.summary().parameters(),
                      "the parameters of",
                      "many parameters as"),
                  least.title(),
                  times(
                      most.summary().macs(),
                      Math.max(1, least.summary().macs()),
                      "its MACs",
                      "many MACs")));
    }
    return List.copyOf(sentences);
  }

  /** {@code 2.3 times the MACs}, {@code about as many MACs}. */
  private static String times(long a, long b, String of, String many) {
    if (a == b) {
      return "as " + many;
    }
    double ratio = (double) a / b;
    return Math.abs(ratio - 1) < 0.05
        ? "about as " + many
        : "%s times %s".formatted(Numbers.significant(ratio, 2), of);
  }

  private static String sentence(NamedSummary network) {
    Summary summary = network.summary();
    List<Row> dense = of(summary, Kind.DENSE);
    List<Row> convolutions = of(summary, Kind.CONVOLUTION);
    int busy = (int) convolutions.stream().filter(row -> row.macs() > 0).count();
    double inDense = share(summary, Kind.DENSE, Row::parameters);
    double macs = share(summary, Kind.CONVOLUTION, Row::macs);
    return inDense >= 0.5 || convolutions.isEmpty()
        ? "%s holds %s of its parameters in %s%s."
            .formatted(
                network.title(),
                percent(inDense),
                counted(dense.size(), "dense layer"),
                convolutions.isEmpty()
                    ? ""
                    : ", but does %s of its MACs in %s"
                        .formatted(percent(macs), counted(busy, "convolution")))
        : "%s holds %s of its parameters%s and does %s of its MACs in %s."
            .formatted(
                network.title(),
                percent(share(summary, Kind.CONVOLUTION, Row::parameters)),
                busy == convolutions.size()
                    ? ""
                    : " in " + counted(convolutions.size(), "convolution"),
                percent(macs),
                busy == convolutions.size()
                    ? counted(busy, "convolution")
                    : word(busy) + " of them");
  }

  /** Without decimals, but where that would hide that something is left. */
  private static String percent(double share) {
    boolean near = share > 0.99 || share < 0.01;
    return share == 1 ? "all" : Numbers.percentDigits(share, near ? 1 : 0) + " %";
  }

  private static String counted(int n, String noun) {
    return word(n) + " " + noun + (n == 1 ? "" : "s");
  }

  private static String word(int n) {
    return n < WORDS.size() ? WORDS.get(n) : Integer.toString(n);
  }
}
