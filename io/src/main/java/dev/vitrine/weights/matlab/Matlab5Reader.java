package dev.vitrine.weights.matlab;

import dev.vitrine.error.Quote;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/**
 * MATLAB 5 to 7: a header of 128 bytes, then the variables, each an element of its own, deflated or
 * not, little- or big-endian. Source: MathWorks, MAT-File Format (R2019b).
 */
public final class Matlab5Reader implements WeightReader {
  private static final int HEADER = 128;
  private static final int VERSION_AT = 124;
  private static final String LITTLE = "\0\1IM";
  private static final String BIG = "\1\0MI";

  /** The reader. */
  public Matlab5Reader() {}

  @Override
  public String title() {
    return "MATLAB 5";
  }

  @Override
  public boolean recognises(WeightSource source) {
    String version = version(source.bytes());
    return version.equals(LITTLE) || version.equals(BIG);
  }

  /** Version 1.0 and the mark of the order of bytes, as they lie in the file. */
  private static String version(MemorySegment bytes) {
    return bytes.byteSize() < HEADER
        ? ""
        : Texts.decoded(
            bytes.asSlice(VERSION_AT, HEADER - VERSION_AT), StandardCharsets.ISO_8859_1);
  }

  @Override
  public Stored.Group read(WeightSource source) {
    MemorySegment bytes = source.bytes();
    ByteOrder order =
        version(bytes).equals(LITTLE) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    var arrays = new Matlab5Arrays(source, order);
    var elements = new Elements(source, bytes, order, "", HEADER);
    var members = new LinkedHashMap<String, Stored>();
    while (elements.hasNext()) {
      String owner = "the variable at byte %s".formatted(elements.at());
      Matlab5Arrays.Named variable = arrays.read(matrix(source, elements, owner), owner, 0);
      String name = variable.name().isEmpty() ? "__function_workspace__" : variable.name();
      Stored what =
          variable.name().isEmpty()
              ? new Stored.Unread("what objects hold", "objects are not read")
              : variable.what();
      if (members.put(name, what) != null) {
        throw source.refused("two variables are called %s".formatted(Quote.of(name)));
      }
    }
    return new Stored.Group(members);
  }

  private static MemorySegment matrix(WeightSource source, Elements elements, String owner) {
    Elements.Element element = elements.next("a variable");
    if (element.type() == MatType.COMPRESSED) {
      MemorySegment whole = Inflated.of(source, element.data(), elements.order(), owner);
      element = new Elements(source, whole, elements.order(), owner, 0).next("a variable");
    }
    if (element.type() != MatType.MATRIX) {
      throw source.refused(
          "%s: an array was expected, but there is type %s".formatted(owner, element.type()));
    }
    return element.data();
  }
}
