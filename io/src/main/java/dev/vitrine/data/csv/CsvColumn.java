package dev.vitrine.data.csv;

import java.util.Optional;
import java.util.Set;

/** What the fields of one column are. */
public final class CsvColumn {
  /** How people write that they have no value. */
  private static final Set<String> MISSING =
      Set.of("", "?", "NA", "N/A", "na", "n/a", "NaN", "nan", "NULL", "null", "None", "-");

  private static final int WHITE = 255;

  /**
   * A field.
   *
   * @param line where it stands, from 1
   * @param text what it is
   */
  public record Field(long line, String text) {}

  private final String name;
  private Field firstText;
  private Field firstMissing;
  private Field firstFraction;
  private boolean levels = true;

  CsvColumn(String name) {
    this.name = name;
  }

  /** Whether a text stands for a missing value. */
  static boolean isMissing(String text) {
    return MISSING.contains(text);
  }

  /** Takes in the field of a record. */
  void add(CsvReader record, int field) {
    float number = record.number(field);
    if (Float.isFinite(number)) {
      boolean whole = number == Math.rint(number);
      levels &= whole && number >= 0 && number <= WHITE;
      if (!whole && firstFraction == null) {
        firstFraction = new Field(record.line(), record.text(field));
      }
      return;
    }
    levels = false;
    String text = record.text(field);
    if (isMissing(text)) {
      firstMissing = firstMissing == null ? new Field(record.line(), text) : firstMissing;
    } else {
      firstText = firstText == null ? new Field(record.line(), text) : firstText;
    }
  }

  /** {@return what it is called: its header, or its number from 1} */
  public String name() {
    return name;
  }

  /** {@return the first field that is no number, and does not stand for a missing one} */
  public Optional<Field> firstText() {
    return Optional.ofNullable(firstText);
  }

  /** {@return the first field that stands for a missing value} */
  public Optional<Field> firstMissing() {
    return Optional.ofNullable(firstMissing);
  }

  /** {@return the first number that is not whole} */
  public Optional<Field> firstFraction() {
    return Optional.ofNullable(firstFraction);
  }

  /** {@return whether all fields are whole numbers from 0 to 255} */
  public boolean isLevels() {
    return levels;
  }
}
