package dev.vitrine.look;

import dev.vitrine.inside.LayerNumbers;
import dev.vitrine.inside.ParameterNumbers;
import dev.vitrine.inside.Reading;
import dev.vitrine.inside.UnitFaults;
import dev.vitrine.look.View.Block;
import dev.vitrine.look.View.Section;
import dev.vitrine.look.View.Table;
import dev.vitrine.look.View.Text;
import dev.vitrine.op.Reshape;
import dev.vitrine.spread.Quantiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Weights, activations and gradients of every layer as histograms, and the units that do nothing.
 */
public final class HistogramView {
  private static final List<String> COLUMNS =
      List.of("", "numbers", "least", "5 %", "median", "95 %", "greatest", "rms", "0, %");
  private static final int NAMED = 12;

  private final Reading reading;
  private final Map<String, UnitFaults> faults = new LinkedHashMap<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Map<String, Object>> json = new ArrayList<>();

  private HistogramView(Reading reading) {
    this.reading = reading;
    for (LayerNumbers layer : reading.layers()) {
      faults.put(layer.path(), UnitFaults.of(layer, !parameters(layer.path()).isEmpty()));
    }
  }

  /**
   * {@return the histograms of a network}
   *
   * @param title of what it is, and when
   * @param examples what it was given, in mid-sentence; empty if nothing, for weights alone
   * @param reading what was read
   */
  public static View of(String title, String examples, Reading reading) {
    return new HistogramView(reading).view(title, examples);
  }

  private View view(String title, String examples) {
    List<Section> sections = new ArrayList<>();
    List<String> places = places();
    for (String place : places) {
      List<Block> blocks = blocks(place);
      if (!blocks.isEmpty()) {
        sections.add(new Section(place, blocks));
      }
    }
    List<Section> all = new ArrayList<>();
    String of =
        examples.isEmpty()
            ? "Weights alone: there are no data to compute activations and gradients of."
            : "Activations for %s; gradients are those of their mean loss. Dropout is off, batch normalisations have their running averages."
                .formatted(examples);
    all.add(Section.of("In numbers", new Text(of), new Table("Spreads", COLUMNS, rows)));
    all.addAll(sections);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("examples", reading.examples());
    fields.put("spreads", json);
    fields.put("units", units());
    return new View(title, sentences(), all, fields);
  }

  /** Layers in order, and those with parameters alone if nothing was computed. */
  private List<String> places() {
    List<String> places = new ArrayList<>();
    reading.layers().forEach(layer -> places.add(layer.path()));
    for (ParameterNumbers each : reading.parameters()) {
      String layer = layerOf(each);
      if (!places.contains(layer)) {
        places.add(layer);
      }
    }
    return places;
  }

  private static String layerOf(ParameterNumbers each) {
    String name = each.spec().name();
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  private List<ParameterNumbers> parameters(String layer) {
    return reading.parameters().stream().filter(each -> layerOf(each).equals(layer)).toList();
  }

  private List<Block> blocks(String place) {
    List<Block> blocks = new ArrayList<>();
    for (ParameterNumbers each : parameters(place)) {
      row(each.spec().name(), "weights", each.values());
      blocks.add(Histograms.chart("Weights " + each.spec().name(), each.values()));
    }
    reading.layers().stream()
        .filter(layer -> layer.path().equals(place))
        .filter(layer -> !(layer.op() instanceof Reshape)) // the numbers of the layer before
        .forEach(layer -> {
          row(place, "activations", layer.allOutputs());
          blocks.add(Histograms.chart("Activations", layer.allOutputs()));
          layer
              .allGradients()
              .ifPresent(gradients -> {
                row(place + ", gradient", "activation_gradients", gradients);
                blocks.add(Histograms.sizes("Gradients of activations", gradients));
              });
        });
    for (ParameterNumbers each : parameters(place)) {
      each.gradient()
          .ifPresent(gradient -> {
            row(each.spec().name() + ", gradient", "gradients", gradient);
            blocks.add(Histograms.sizes("Gradients of " + each.spec().name(), gradient));
          });
    }
    return blocks;
  }

  private void row(String name, String kind, float... values) {
    Quantiles q = Quantiles.of(values);
    List<Double> at = q.at();
    rows.add(
        List.of(
            name,
            String.format(Locale.ROOT, "%,d", q.count()),
            Say.number(at.get(0)),
            Say.number(at.get(1)),
            Say.number(at.get(3)),
            Say.number(at.get(5)),
            Say.number(at.get(6)),
            Say.number(q.rms()),
            String.format(Locale.ROOT, "%.1f", 100.0 * q.zeros() / q.count())));
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", name.replace(", gradient", ""));
    one.put("kind", kind);
    one.put("count", q.count());
    one.put("zeros", q.zeros());
    one.put("odd", q.odd());
    one.put("rms", q.rms());
    one.put("quantiles", at);
    json.add(one);
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    faults.forEach((place, own) -> sentences.addAll(said(place, own)));
    if (sentences.isEmpty() && reading.examples() > 0) {
      sentences.add(
          "No unit is dead or a copy of another, and none is always flat, for %s."
              .formatted(Say.count(reading.examples(), "example")));
    }
    return sentences;
  }

  private List<String> said(String place, UnitFaults own) {
    int units =
        reading.layers().stream()
            .filter(layer -> layer.path().equals(place))
            .mapToInt(LayerNumbers::units)
            .findFirst()
            .orElse(0);
    List<String> said = new ArrayList<>();
    if (!own.dead().isEmpty()) {
      said.add(
          "%s: %s of %s dead, 0 for all %s: %s."
              .formatted(
                  place,
                  own.dead().size(),
                  Say.count(units, "unit"),
                  Say.count(reading.examples(), "example"),
                  numbers(own.dead())));
    }
    if (own.flatOutputs() > 0) {
      String always =
          own.saturated().isEmpty()
              ? "no unit is always so"
              : "%s always: %s"
                  .formatted(Say.count(own.saturated().size(), "unit"), numbers(own.saturated()));
      said.add(
          String.format(
              Locale.ROOT,
              "%s: %.1f %% of its outputs are saturated (slope below 5 %% of the largest); %s.",
              place,
              100 * own.flatOutputs(),
              always));
    }
    if (!own.copies().isEmpty()) {
      List<String> groups =
          own.copies().entrySet().stream()
              .map(entry -> "%s = %s".formatted(entry.getKey(), numbers(entry.getValue())))
              .toList();
      said.add(
          "%s: %s of %s give the same as an earlier one: %s."
              .formatted(place, own.copied(), Say.count(units, "unit"), Say.list(groups, NAMED)));
    }
    return said;
  }

  private static String numbers(List<Integer> units) {
    return Say.list(units.stream().map(unit -> Integer.toString(unit)).toList(), NAMED);
  }

  private List<Map<String, Object>> units() {
    List<Map<String, Object>> units = new ArrayList<>();
    faults.forEach((place, own) -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("layer", place);
      one.put("dead", own.dead());
      one.put("saturated", own.saturated());
      one.put("saturated_outputs", own.flatOutputs());
      Map<String, Object> copies = new LinkedHashMap<>();
      own.copies().forEach((first, others) -> copies.put(first.toString(), others));
      one.put("copies", copies);
      units.add(one);
    });
    return units;
  }
}
