package dev.vitrine.weights.onnx;

import dev.vitrine.weights.stored.Stored;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A node's setting.
 *
 * @param name its name, such as {@code strides}
 * @param kind which of the following it is; all others are 0 or empty
 * @param number its whole number
 * @param real its single
 * @param text its text
 * @param tensor its tensor
 * @param numbers its whole numbers
 * @param reals its singles
 * @param texts its texts
 * @param other what else it is, such as a graph, which is not read
 */
public record OnnxAttribute(
    String name,
    Kind kind,
    long number,
    float real,
    String text,
    Optional<Stored> tensor,
    List<Long> numbers,
    List<Float> reals,
    List<String> texts,
    Optional<String> other) {
  /** The setting. */
  public OnnxAttribute {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(tensor, "tensor");
    Objects.requireNonNull(other, "other");
    numbers = List.copyOf(numbers);
    reals = List.copyOf(reals);
    texts = List.copyOf(texts);
  }

  /** What a setting is. */
  public enum Kind {
    /** A graph, say, which is not read. */
    OTHER(0),
    /** A single. */
    REAL(1),
    /** A whole number. */
    NUMBER(2),
    /** A text. */
    TEXT(3),
    /** A tensor. */
    TENSOR(4),
    /** Singles. */
    REALS(6),
    /** Whole numbers. */
    NUMBERS(7),
    /** Texts. */
    TEXTS(8);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** ONNX's number for it. */
    int code() {
      return code;
    }
  }

  private OnnxAttribute(
      String name, Kind kind, long number, float real, String text, List<Long> numbers) {
    this(
        name,
        kind,
        number,
        real,
        text,
        Optional.empty(),
        numbers,
        List.of(),
        List.of(),
        Optional.empty());
  }

  /**
   * {@return a whole number}
   *
   * @param name the setting's name
   * @param number the number
   */
  public static OnnxAttribute of(String name, long number) {
    return new OnnxAttribute(name, Kind.NUMBER, number, 0, "", List.of());
  }

  /**
   * {@return a single}
   *
   * @param name the setting's name
   * @param real the number
   */
  public static OnnxAttribute of(String name, float real) {
    return new OnnxAttribute(name, Kind.REAL, 0, real, "", List.of());
  }

  /**
   * {@return a text}
   *
   * @param name the setting's name
   * @param text the text
   */
  public static OnnxAttribute of(String name, String text) {
    return new OnnxAttribute(name, Kind.TEXT, 0, 0, text, List.of());
  }

  /**
   * {@return whole numbers}
   *
   * @param name the setting's name
   * @param numbers the numbers
   */
  public static OnnxAttribute of(String name, List<Long> numbers) {
    return new OnnxAttribute(name, Kind.NUMBERS, 0, 0, "", numbers);
  }
}
