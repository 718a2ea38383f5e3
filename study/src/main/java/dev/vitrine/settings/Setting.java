package dev.vitrine.settings;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a training can be told. The command line has it as an option {@code --name}, a
 * study as a key {@code name}.
 *
 * @param name in small letters, with hyphens
 * @param kind what its value is
 * @param label what stands for the value in a help text; empty for a flag
 * @param standard the value that it has unless another is given, if that is one value
 * @param description a sentence or two, of what it is and what it may be
 * @param otherwise what holds if it is not given and has no standard value; may be empty
 * @param term what the sentences of libraries call it, such as {@code The batch size}; may be empty
 */
public record Setting(
    String name,
    Kind kind,
    String label,
    Optional<String> standard,
    String description,
    String otherwise,
    String term) {
  /** Refuses {@code null}. */
  public Setting {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(standard, "standard");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(otherwise, "otherwise");
    Objects.requireNonNull(term, "term");
  }

  /** What a setting's value is. */
  public enum Kind {
    /** A name, a path, or a notation of its own. */
    TEXT("text"),
    /** Where a file or a folder is. */
    PATH("a file name"),
    /** A whole number that an {@code int} holds. */
    COUNT("a whole number below 2^31"),
    /** A whole number that a {@code long} holds. */
    WHOLE("a whole number below 2^63"),
    /** A real number. */
    NUMBER("a number"),
    /** Real numbers with commas between them. */
    NUMBERS("numbers with commas between them"),
    /** Yes or no; no unless it is given. */
    FLAG("true or false");

    private final String expected;

    Kind(String expected) {
      this.expected = expected;
    }

    /** {@return what a value is to be, for a sentence} */
    public String expected() {
      return expected;
    }
  }

  /** {@return the description, and what holds if nothing is given} */
  public String help() {
    String usual = standard.orElse(otherwise);
    return usual.isEmpty() ? description : "%s Default: %s".formatted(description, usual);
  }

  static Setting flag(String name, String description) {
    return new Setting(name, Kind.FLAG, "", Optional.empty(), description, "", "");
  }

  static Setting of(String name, Kind kind, String label, String description) {
    return new Setting(name, kind, label, Optional.empty(), description, "", "");
  }

  Setting standard(String value) {
    return new Setting(name, kind, label, Optional.of(value), description, otherwise, term);
  }

  Setting otherwise(String text) {
    return new Setting(name, kind, label, standard, description, text, term);
  }

  Setting term(String words) {
    return new Setting(name, kind, label, standard, description, otherwise, words);
  }
}
