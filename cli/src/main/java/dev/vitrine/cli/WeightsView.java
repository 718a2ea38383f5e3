package dev.vitrine.cli;

import static java.util.stream.Collectors.joining;

import dev.vitrine.error.Quote;
import dev.vitrine.report.Numbers;
import dev.vitrine.summary.Table;
import dev.vitrine.summary.TableText;
import dev.vitrine.transfer.Recognition;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.WeightsListing;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.TensorStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code vitrine weights} shows of one file. */
final class WeightsView {
  private static final int DIGITS = 4;

  /** From here on digits are powers of ten: the bits of a double kept as a whole number, say. */
  private static final double LARGE = 1e7;

  private WeightsView() {}

  /** For people. */
  static void show(
      Terminal terminal, Weights weights, WeightsListing listing, List<Recognition> fitting) {
    long numbers = listing.tensors().stream().mapToLong(WeightsView::count).sum();
    terminal.sentence(
        "%s: %s, %s, %s",
        Quote.place(weights.file().toString()),
        weights.format(),
        counted(listing.tensors().size(), "tensor"),
        counted(numbers, "number"));
    if (!listing.tensors().isEmpty()) {
      terminal.print("");
      terminal.print("%s", TableText.render(table(listing), terminal.width()).stripTrailing());
    }
    fitting(terminal, fitting);
    texts(terminal, listing);
    unread(terminal, listing.unread());
    warn(terminal, listing);
  }

  private static long count(WeightsListing.Row row) {
    return row.dims().stream().reduce(1L, (a, b) -> a * b);
  }

  static String counted(long count, String what) {
    return "%s %s%s".formatted(Numbers.count(count), what, count == 1 ? "" : "s");
  }

  /** Sizes as one says them: {@code 16×10×10}; a single number has none. */
  static String sizes(List<Long> dims) {
    return dims.isEmpty() ? "scalar" : dims.stream().map(String::valueOf).collect(joining("×"));
  }

  static Table.Column text(String key, String heading) {
    return new Table.Column(key, heading, true);
  }

  static Table.Column number(String key, String heading) {
    return new Table.Column(key, heading, false);
  }

  private static Table table(WeightsListing listing) {
    boolean odd = listing.tensors().stream().anyMatch(row -> isOdd(row.numbers()));
    var columns =
        new ArrayList<>(
            List.of(
                text("name", "tensor"),
                text("shape", "shape"),
                text("dtype", "type"),
                number("min", "min"),
                number("mean", "mean"),
                number("max", "max")));
    if (odd) {
      columns.add(number("nans", "NaN"));
      columns.add(number("infinities", "infinite"));
    }
    columns.add(text("hash", "hash"));
    return new Table(
        columns, listing.tensors().stream().map(row -> cells(row, odd)).toList(), List.of());
  }

  private static boolean isOdd(TensorStatistics numbers) {
    return numbers.nans() > 0 || numbers.infinities() > 0;
  }

  private static List<Object> cells(WeightsListing.Row row, boolean odd) {
    TensorStatistics numbers = row.numbers();
    var cells =
        new ArrayList<Object>(
            List.of(
                Quote.line(row.place()),
                sizes(row.dims()),
                row.dtype().toString(),
                shown(numbers.min()),
                shown(numbers.mean()),
                shown(numbers.max())));
    if (odd) {
      cells.add(numbers.nans());
      cells.add(numbers.infinities());
    }
    cells.add(numbers.hash());
    return cells;
  }

  /** A number; a dash if there is none. */
  static String shown(double number) {
    if (Double.isNaN(number)) {
      return "–";
    }
    return Math.abs(number) >= LARGE && Double.isFinite(number)
        ? String.format(Locale.ROOT, "%.3e", number).replace("e+", "e").replace('-', '−')
        : number == 0 ? "0" : Numbers.significant(number, DIGITS);
  }

  private static void fitting(Terminal terminal, List<Recognition> fitting) {
    if (!fitting.isEmpty()) {
      terminal.print("");
    }
    for (Recognition each : fitting) {
      terminal.sentence(
          "fits %s (--network %s), input %s, %s, by %s",
          each.network().title(),
          each.network().name(),
          Table.sizes(each.network().input()),
          counted(each.classes(), "output"),
          each.transfer().how());
    }
  }

  private static Map<String, Object> json(Recognition fits) {
    var json = new LinkedHashMap<String, Object>();
    json.put("network", fits.network().name());
    json.put("title", fits.network().title());
    json.put("input", Arrays.stream(fits.network().input().sizes()).boxed().toList());
    json.put("outputs", fits.classes());
    json.put("mapping", MappingView.json(fits.transfer()));
    return json;
  }

  private static void texts(Terminal terminal, WeightsListing listing) {
    if (!listing.notes().isEmpty()) {
      terminal.print("");
      for (Weights.Found found : listing.notes()) {
        if (found.what() instanceof Stored.Note note) {
          terminal.sentence("%s = %s", Quote.line(found.place()), Quote.of(note.text()));
        }
      }
    }
  }

  private static void unread(Terminal terminal, List<Weights.Found> unread) {
    if (!unread.isEmpty()) {
      terminal.print("");
      terminal.print("Not read:");
      for (Weights.Found found : unread) {
        if (found.what() instanceof Stored.Unread it) {
          terminal.sentence(
              "%s: %s; %s", Quote.line(found.place()), Quote.line(it.what()), Quote.line(it.why()));
        }
      }
    }
  }

  /** Weights that are no numbers make every answer none. */
  private static void warn(Terminal terminal, WeightsListing listing) {
    List<String> none =
        listing.tensors().stream()
            .filter(row -> row.numbers().nans() > 0)
            .map(WeightsListing.Row::place)
            .toList();
    if (!none.isEmpty()) {
      terminal.note(
          "Warning: %s with NaN, first %s: a network with such weights answers NaN.",
          counted(none.size(), "tensor"), Quote.of(none.getFirst()));
    }
  }

  /** For scripts. */
  static Map<String, Object> json(
      Weights weights, WeightsListing listing, List<Recognition> fitting) {
    var json = new LinkedHashMap<String, Object>();
    json.put("file", weights.file().toString());
    json.put("format", weights.format());
    json.put("tensors", listing.tensors().stream().map(WeightsView::json).toList());
    json.put("fits", fitting.stream().map(WeightsView::json).toList());
    json.put("notes", listing.notes().stream().map(WeightsView::json).toList());
    json.put("unread", listing.unread().stream().map(WeightsView::json).toList());
    return json;
  }

  private static Map<String, Object> json(WeightsListing.Row row) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", row.place());
    json.put("dtype", row.dtype());
    json.put("shape", row.dims());
    json.put("min", row.numbers().min());
    json.put("mean", row.numbers().mean());
    json.put("max", row.numbers().max());
    json.put("nans", row.numbers().nans());
    json.put("infinities", row.numbers().infinities());
    json.put("hash", row.numbers().hash());
    return json;
  }

  private static Map<String, Object> json(Weights.Found found) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", found.place());
    if (found.what() instanceof Stored.Note note) {
      json.put("text", note.text());
    }
    if (found.what() instanceof Stored.Unread unread) {
      json.put("what", unread.what());
      json.put("why", unread.why());
    }
    return json;
  }
}
