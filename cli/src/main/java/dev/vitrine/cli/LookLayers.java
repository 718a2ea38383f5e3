package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.inside.LayerProbe;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Layers and units as they are typed. */
final class LookLayers {
  private final Map<String, Value> layers;

  LookLayers(Model model) {
    layers = LayerProbe.outputs(model.inference().graph());
  }

  /** A unit of a layer. */
  record Unit(String layer, int number) {
    @Override
    public String toString() {
      return layer + ":" + number;
    }
  }

  /**
   * A layer by its path, or by its number from 1 among those that compute something.
   *
   * @throws UserException if there is none
   */
  String layer(String option, String typed) {
    List<String> names = List.copyOf(layers.keySet());
    if (typed.matches("\\d{1,9}")) {
      int number = Integer.parseInt(typed);
      if (number < 1 || number > names.size()) {
        throw new UserException(
            "%s expects a layer from 1 (%s) to %s (%s), but got %s"
                .formatted(option, names.getFirst(), names.size(), names.getLast(), typed));
      }
      return names.get(number - 1);
    }
    if (!layers.containsKey(typed)) {
      throw UserException.unknown("layer", typed, names);
    }
    return typed;
  }

  /** Layers between commas. */
  List<String> layers(String option, String typed) {
    return Arrays.stream(typed.split(",", -1))
        .map(word -> layer(option, word.strip()))
        .distinct()
        .toList();
  }

  /** Units between commas, such as {@code conv1:3,linear2:0-9}. */
  List<Unit> units(String option, String typed) {
    List<Unit> units = new ArrayList<>();
    for (String word : typed.split(",", -1)) {
      int colon = word.lastIndexOf(':');
      String numbers = word.substring(colon + 1).strip();
      if (colon < 1 || !numbers.matches("\\d{1,9}(-\\d{1,9})?")) {
        throw new UserException(
            "%s expects LAYER:UNIT, such as conv1:3 or linear2:0-9, but got %s"
                .formatted(option, Quote.of(word)));
      }
      String layer = layer(option, word.substring(0, colon).strip());
      int last = layers.get(layer).shape().size(0) - 1;
      String[] ends = numbers.split("-", -1);
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[ends.length - 1]);
      if (from > to || to > last) {
        throw new UserException(
            "%s: the layer %s has units 0 to %s, but got %s"
                .formatted(option, layer, last, numbers));
      }
      for (int unit = from; unit <= to; unit++) {
        units.add(new Unit(layer, unit));
      }
    }
    return units;
  }
}
