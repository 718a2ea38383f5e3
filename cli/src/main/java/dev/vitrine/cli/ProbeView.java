package dev.vitrine.cli;

import static java.util.stream.Collectors.joining;

import dev.vitrine.convert.Probe;
import dev.vitrine.error.Decimal;
import dev.vitrine.image.Normalisation;
import dev.vitrine.summary.Table;
import dev.vitrine.summary.TableText;
import dev.vitrine.transfer.Convention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code vitrine convert --probe} shows. */
final class ProbeView {
  private static final int SHOWN = 8;

  private ProbeView() {}

  /** For people. */
  static void show(Terminal terminal, Probe probe, String data) {
    terminal.sentence(
        "Of the first %s training pictures of %s, by %s combinations of conventions:",
        probe.pictures(), data, probe.trials().size());
    List<Probe.Trial> shown = probe.trials().subList(0, Math.min(SHOWN, probe.trials().size()));
    Table table =
        new Table(
            List.of(
                WeightsView.number("accuracy", "rightly told"),
                WeightsView.text("normalisation", "inputs"),
                WeightsView.text("layout", "layout"),
                WeightsView.text("classes", "classes")),
            shown.stream()
                .<List<Object>>map(trial ->
                    List.of(
                        percent(probe.accuracy(trial)),
                        trial.normalisation().description(),
                        layout(trial),
                        classes(trial)))
                .toList(),
            List.of());
    terminal.print("%s", TableText.render(table, terminal.width()).stripTrailing());
    int alike = probe.alike().size();
    if (!probe.canFit()) {
      terminal.sentence(
          "so few pictures cannot show what fits: by chance alone the best of so many combinations might tell all of them rightly, so no convention is taken. Probe more of them, or say with options what is known.");
      terminal.print("");
      return;
    }
    if (!probe.fits()) {
      terminal.sentence(
          "none fits: by chance alone the best of so many would tell up to %s of so many pictures rightly, so no convention is taken. Is it the file of another network, or were its classes others?",
          percent(Math.min(1, probe.best().chance() / probe.pictures())));
      terminal.print("");
      return;
    }
    if (alike > 1) {
      terminal.sentence(
          "%s of them are too near to each other for so many pictures; the first is taken.", alike);
    }
    terminal.sentence("fits best: %s", options(probe.best()));
    terminal.print("");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String layout(Probe.Trial trial) {
    String words = trial.conventions().said().stream().map(Convention::key).collect(joining(", "));
    return words.isEmpty() ? "as found" : words;
  }

  private static String classes(Probe.Trial trial) {
    List<Integer> classes = trial.conventions().classes();
    return classes.isEmpty() ? "as they come" : list(classes);
  }

  /** {@code 1-9,0} for what goes up by one but at its end. */
  private static String list(List<Integer> classes) {
    int last = classes.size() - 1;
    boolean turned = classes.get(last) == 0;
    for (int k = 0; k < last; k++) {
      turned &= classes.get(k) == k + 1;
    }
    return turned && last > 1
        ? "1-%s,0".formatted(last)
        : classes.stream().map(String::valueOf).collect(joining(","));
  }

  /** As one would type it. */
  private static String options(Probe.Trial trial) {
    StringBuilder words = new StringBuilder(options(trial.normalisation()));
    if (!trial.conventions().said().isEmpty()) {
      words.append(" --layout ").append(layout(trial).replace(" ", ""));
    }
    if (!trial.conventions().classes().isEmpty()) {
      words.append(" --classes ").append(list(trial.conventions().classes()));
    }
    return words.toString();
  }

  /** The same of how samples become inputs. */
  static String options(Normalisation normalisation) {
    return "--divisor %s --mean %s --deviation %s"
        .formatted(
            Decimal.text(normalisation.divisor()),
            numbers(normalisation.mean()),
            numbers(normalisation.deviation()));
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(Decimal::text).collect(joining(","));
  }

  /** For scripts. */
  static Map<String, Object> json(Probe probe, String data) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("data", data);
    fields.put("pictures", probe.pictures());
    fields.put("fits", probe.fits());
    fields.put("by_chance", probe.best().chance() / probe.pictures());
    fields.put("best", probe.fits() ? options(probe.best()) : null);
    fields.put(
        "trials",
        probe.trials().stream()
            .map(trial -> {
              Map<String, Object> each = new LinkedHashMap<>();
              each.put("accuracy", probe.accuracy(trial));
              each.put("options", options(trial));
              return each;
            })
            .toList());
    return fields;
  }
}
