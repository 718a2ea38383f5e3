package dev.vitrine.lab.spec;

import java.util.List;
import java.util.Map;

/** A part of a YAML text that knows where it stands. */
sealed interface Item {
  /** Where it begins. */
  Place place();

  /** What a sentence calls it. */
  String kind();

  /**
   * A text, a number or a word, as it was written.
   *
   * @param text without quotes
   */
  record Scalar(String text, Place place) implements Item {
    @Override
    public String kind() {
      return text.isEmpty() ? "nothing" : "a single value";
    }
  }

  /** A list. */
  record Sequence(List<Item> items, Place place) implements Item {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with their values, in the order of the text. */
  record Mapping(Map<String, Field> fields, Place place) implements Item {
    @Override
    public String kind() {
      return "keys and values";
    }
  }

  /**
   * A key's value.
   *
   * @param key where the key stands
   */
  record Field(Place key, Item value) {}
}
