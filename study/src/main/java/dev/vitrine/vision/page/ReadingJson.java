package dev.vitrine.vision.page;

import dev.vitrine.vision.ReadDigit;
import dev.vitrine.vision.ReadLine;
import dev.vitrine.vision.Reading;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Rejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A reading for scripts. Boxes are pixels of the photograph, upright as its file says. */
public final class ReadingJson {
  private static final int QUARTER = 90;

  private ReadingJson() {}

  /**
   * {@return its fields, in a stable order}
   *
   * @param reading what is written
   * @param reject digits that are less probable stand as {@code ?} in the text
   */
  public static Map<String, Object> of(Reading reading, double reject) {
    Objects.requireNonNull(reading, "reading");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("digits", reading.count());
    fields.put("polarity", reading.polarity().key());
    fields.put("threshold", reading.threshold().key());
    fields.put("sheet", reading.onSheet());
    fields.put("turned", QUARTER * reading.view().quarters());
    fields.put("lines", reading.lines().stream().map(line -> line(line, reading, reject)).toList());
    fields.put(
        "rejected", reading.rejected().stream().map(each -> rejected(each, reading)).toList());
    return fields;
  }

  private static Map<String, Object> line(ReadLine line, Reading reading, double reject) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", line.text(reject));
    fields.put("digits", line.digits().stream().map(digit -> digit(digit, reading)).toList());
    List<Map<String, Object>> others = new ArrayList<>();
    for (ReadLine.Alternative other : line.alternatives()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("text", other.text());
      entry.put("probability", other.probability());
      others.add(entry);
    }
    fields.put("alternatives", others);
    return fields;
  }

  private static Map<String, Object> digit(ReadDigit digit, Reading reading) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("digit", digit.digit());
    fields.put("probability", digit.probability());
    fields.put("unsure", digit.unsure());
    fields.put("second", digit.second());
    fields.put("second_probability", digit.secondProbability());
    fields.put("box", box(reading.inPhoto(digit.box())));
    List<Double> all = new ArrayList<>();
    for (float probability : digit.probabilities()) {
      all.add((double) probability);
    }
    fields.put("probabilities", all);
    return fields;
  }

  private static Map<String, Object> rejected(Rejected rejected, Reading reading) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("box", box(reading.inPhoto(rejected.piece().box())));
    fields.put("reason", rejected.reason());
    return fields;
  }

  private static List<Integer> box(Box box) {
    return List.of(box.left(), box.top(), box.width(), box.height());
  }
}
