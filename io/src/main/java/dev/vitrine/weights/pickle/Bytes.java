package dev.vitrine.weights.pickle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Python's {@code bytes}, or a text of Python 2, which is bytes too.
 *
 * @param data where they lie; not copied
 */
public record Bytes(MemorySegment data) {
  /** {@return them as a text of Latin-1} */
  public String latin() {
    return new String(data.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }
}
