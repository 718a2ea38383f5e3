package dev.vitrine.weights.pytorch;

import dev.vitrine.weights.numpy.NumpyNames;
import dev.vitrine.weights.pickle.PickleBytes;
import dev.vitrine.weights.pickle.Reference;
import dev.vitrine.weights.pickle.Sequence;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.pickle.Unpickler;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** PyTorch's first format, of 0.1: a tar archive of storages, tensors and a pickle. */
public final class PyTorchTarReader implements WeightReader {
  private static final Set<String> ENTRIES = Set.of("storages", "tensors", "pickle");
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_DIGITS = 11;

  /** The reader. */
  public PyTorchTarReader() {}

  @Override
  public String title() {
    return "PyTorch tar";
  }

  @Override
  public boolean recognises(WeightSource source) {
    return entries(source.bytes()).keySet().containsAll(ENTRIES);
  }

  /** The entries up to one that makes no sense. */
  private static Map<String, MemorySegment> entries(MemorySegment bytes) {
    Map<String, MemorySegment> entries = new HashMap<>();
    long at = 0;
    while (entries.size() < BLOCK && at + BLOCK <= bytes.byteSize()) {
      String name = text(bytes, at, NAME_BYTES);
      String digits = text(bytes, at + SIZE_AT, SIZE_DIGITS).strip();
      if (name.isEmpty() || !digits.matches("[0-7]+")) {
        break;
      }
      long size = Long.parseLong(digits, 8);
      long begin = at + BLOCK;
      if (size > bytes.byteSize() - begin) {
        break;
      }
      entries.put(name.startsWith("./") ? name.substring(2) : name, bytes.asSlice(begin, size));
      at = begin + Math.ceilDiv(size, BLOCK) * BLOCK;
    }
    return entries;
  }

  private static String text(MemorySegment bytes, long at, int length) {
    String text =
        new String(
            bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  @Override
  public Stored.Group read(WeightSource source) {
    Map<String, MemorySegment> entries = entries(source.bytes());
    var kept =
        new TarTensors(
            new PickleBytes(source, "storages", entries.get("storages")),
            new PickleBytes(source, "tensors", entries.get("tensors")));
    Object object =
        Unpickler.read(
            new PickleBytes(source, "pickle", entries.get("pickle")), PyTorchTarReader::reference);
    return new Tree(source, List.of(kept, new TorchNames(kept), new NumpyNames()))
        .root(object, "0");
  }

  /** A tuple is a class and its source. */
  private static Object reference(Object id) {
    return id instanceof Sequence of && of.size() > 0 ? of.item(0) : new Reference(id);
  }
}
