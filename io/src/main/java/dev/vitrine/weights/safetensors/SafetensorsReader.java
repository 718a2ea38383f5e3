package dev.vitrine.weights.safetensors;

import dev.vitrine.error.Quote;
import dev.vitrine.format.Safetensors;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;

/** One file. */
public final class SafetensorsReader implements WeightReader {
  /** The group of the texts that a file says of itself. */
  public static final String NOTES = "__metadata__";

  private static final int LENGTH_BYTES = 8;

  /** The reader. */
  public SafetensorsReader() {}

  @Override
  public String title() {
    return "safetensors";
  }

  @Override
  public boolean recognises(WeightSource source) {
    var bytes = source.bytes();
    var length = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    return bytes.byteSize() > LENGTH_BYTES
        && Long.compareUnsigned(bytes.get(length, 0), 2) >= 0
        && bytes.get(ValueLayout.JAVA_BYTE, LENGTH_BYTES) == '{';
  }

  @Override
  public Stored.Group read(WeightSource source) {
    Safetensors file = Safetensors.of(source.file(), source.bytes());
    var members = new LinkedHashMap<String, Stored>();
    file.tensors()
        .forEach((name, info) ->
            members.put(
                name,
                new Stored.Numbers(
                    StoredTensor.rows(
                        info.dtype(), ByteOrder.LITTLE_ENDIAN, info.dims(), file.bytes(name)))));
    file.unknown()
        .forEach((name, dtype) ->
            members.put(
                name,
                new Stored.Unread("tensor of " + Quote.of(dtype), "that dtype is not known")));
    if (!file.metadata().isEmpty()) {
      var notes = new LinkedHashMap<String, Stored>();
      file.metadata().forEach((key, text) -> notes.put(key, new Stored.Note(text)));
      members.put(NOTES, new Stored.Group(notes));
    }
    return new Stored.Group(members);
  }
}
