package dev.vitrine.cli;

import dev.vitrine.readout.Maps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what a layer says: a vector number by number, maps by their ranges. */
final class ReadoutView {
  /** What the table of maps takes. */
  private static final int WIDE = 46;

  private ReadoutView() {}

  static void show(Terminal terminal, Maps maps) {
    if (maps.plane() == 1) {
      terminal.print("channel        value");
      for (int i = 0; i < maps.channels().size(); i++) {
        terminal.print("%7d %12.6g", maps.channels().get(i), maps.values()[i]);
      }
      return;
    }
    boolean narrow = terminal.width() < WIDE;
    terminal.print(
        narrow
            ? "channel        min       mean        max"
            : "channel          min         mean          max");
    String row = narrow ? "%7d %10.4g %10.4g %10.4g" : "%7d %12.6g %12.6g %12.6g";
    for (int i = 0; i < maps.channels().size(); i++) {
      Maps.Statistics s = Maps.Statistics.of(maps.map(i));
      terminal.print(row, maps.channels().get(i), s.min(), s.mean(), s.max());
    }
  }

  /** With the stable names of {@code --json}. */
  static Map<String, Object> toJson(
      Map<String, Object> network,
      Map<String, Object> subject,
      Map<String, Object> done,
      Maps maps) {
    List<Map<String, Object>> channels = new ArrayList<>();
    for (int i = 0; i < maps.channels().size(); i++) {
      Maps.Statistics s = Maps.Statistics.of(maps.map(i));
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("channel", maps.channels().get(i));
      entry.put("min", s.min());
      entry.put("mean", s.mean());
      entry.put("max", s.max());
      entry.put("values", maps.map(i));
      channels.add(entry);
    }
    Map<String, Object> json = new LinkedHashMap<>(network);
    json.putAll(subject);
    json.putAll(done);
    json.put("layer", maps.layer());
    json.put("shape", maps.shape().sizes());
    json.put("channels", channels);
    return json;
  }
}
