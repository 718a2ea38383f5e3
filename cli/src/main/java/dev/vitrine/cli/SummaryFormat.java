package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.summary.Comparison;
import dev.vitrine.summary.NamedSummary;
import dev.vitrine.summary.SummaryPage;
import dev.vitrine.summary.Table;
import dev.vitrine.summary.TableText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How {@code vitrine summary} writes. */
enum SummaryFormat implements WrittenFormat {
  TEXT("txt"),
  MARKDOWN("md"),
  CSV("csv"),
  JSON("json"),
  HTML("html"),
  /** The network itself, as a file that every command reads. */
  NETWORK("json");

  private final String ending;

  SummaryFormat(String ending) {
    this.ending = ending;
  }

  @Override
  public String ending() {
    return ending;
  }

  /**
   * The format that the options ask for.
   *
   * @throws UserException if they contradict each other
   */
  static SummaryFormat choose(
      Optional<String> format, Optional<Output> out, boolean explain, int networks) {
    SummaryFormat chosen = WrittenFormat.choose(values(), TEXT, format, out);
    if (networks > 1 && chosen == NETWORK) {
      throw new UserException(
          "--format network writes one network, but got %s: choose one".formatted(networks));
    }
    if (explain && chosen == CSV) {
      throw new UserException(
          "--explain writes formulas, for which CSV has no place: choose another --format");
    }
    if (explain && networks > 1 && (chosen == TEXT || chosen == MARKDOWN)) {
      throw new UserException(
          "--explain explains one network, but got %s: choose one, or --format html"
              .formatted(networks));
    }
    return chosen;
  }

  /**
   * What is a table and no more: the list of networks, or a plan.
   *
   * @param option what was asked for
   * @param heading what stands above it, where there is a place; empty for nothing
   * @param width how many columns of characters a text may take
   * @throws UserException if it has no such form
   */
  String render(String option, String heading, Table table, Map<String, Object> json, int width) {
    String above = heading.isEmpty() ? "" : heading + "\n\n";
    return switch (this) {
      case TEXT -> above + TableText.render(table, width);
      case MARKDOWN -> above + table.markdown();
      case CSV -> table.csv();
      case JSON -> Json.pretty(json);
      case HTML, NETWORK ->
          throw new UserException(
              "%s writes text, markdown, csv or json, but got %s: choose another --format or ending of --out"
                  .formatted(option, word()));
    };
  }

  /**
   * The networks in this format: one as its table, several compared.
   *
   * @param width how many columns of characters a text may take
   * @param file the first network as the text of a file
   */
  String render(List<NamedSummary> networks, boolean explain, int width, Supplier<String> file) {
    return switch (this) {
      case TEXT -> networks.size() > 1 ? compared(networks, width) : text(networks, explain, width);
      case MARKDOWN -> markdown(networks, explain);
      case CSV ->
          networks.size() > 1
              ? new Comparison(networks).table().csv()
              : networks.getFirst().table().csv();
      case JSON -> Json.pretty(json(networks, explain)) + "\n";
      case HTML -> SummaryPage.html(networks, explain);
      case NETWORK -> file.get();
    };
  }

  private static String text(List<NamedSummary> networks, boolean explain, int width) {
    NamedSummary network = networks.getFirst();
    String body = explain ? network.explanation() : TableText.render(network.table(), width);
    String heading =
        network
            .heading()
            .lines()
            .map(line -> wrapped(line, width))
            .collect(Collectors.joining("\n"));
    return heading + "\n\n" + body;
  }

  private static String compared(List<NamedSummary> networks, int width) {
    Comparison comparison = new Comparison(networks);
    return "%s\n\n%s\n%s\n"
        .formatted(
            wrapped(networks.getFirst().summary().convention().sentence(), width),
            TableText.render(comparison.table(), width),
            comparison.sentences().stream()
                .map(sentence -> wrapped(sentence, width))
                .collect(Collectors.joining("\n")));
  }

  /** A sentence in lines of at most {@code width} characters, broken between words. */
  static String wrapped(String sentence, int width) {
    StringBuilder text = new StringBuilder();
    int used = 0;
    for (String word : sentence.split(" ", -1)) {
      boolean fits = used + 1 + word.length() <= width;
      text.append(text.isEmpty() ? "" : fits ? " " : "\n  ").append(word);
      used = text.length() - 1 - text.lastIndexOf("\n");
    }
    return text.toString();
  }

  private static String markdown(List<NamedSummary> networks, boolean explain) {
    NamedSummary first = networks.getFirst();
    if (networks.size() == 1) {
      String table =
          "### %s\n\n%s".formatted(first.heading().replace("\n", "\n\n"), first.table().markdown());
      return explain ? table + "\n" + first.explanationMarkdown() : table;
    }
    Comparison comparison = new Comparison(networks);
    Table table = comparison.table();
    return "%s\n\n%s\n%s\n"
        .formatted(
            first.summary().convention().sentence(),
            table.markdown(),
            String.join("\n\n", comparison.sentences()));
  }

  /** For scripts: one network's object, or {@code {"networks": […]}}. */
  static Map<String, Object> json(List<NamedSummary> networks, boolean explain) {
    return networks.size() == 1
        ? networks.getFirst().json(explain)
        : Map.of("networks", networks.stream().map(network -> network.json(explain)).toList());
  }
}
