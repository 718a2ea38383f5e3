package dev.vitrine.weights.pytorch;

import dev.vitrine.error.Quote;
import dev.vitrine.weights.pickle.Global;
import dev.vitrine.weights.pickle.PickleBytes;
import dev.vitrine.weights.pickle.Reference;
import dev.vitrine.weights.pickle.Sequence;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.pickle.Unpickler;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * PyTorch's older format: five pickles (a magic number, a version, the machine's sizes, the object,
 * the names of its storages), then each storage's count and numbers, which are little-endian on any
 * machine.
 */
final class TorchStream implements TorchStorages {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;
  private static final int HEAD = 32;

  /** In a stored long; the whole number as its line begins in protocol 0. */
  private static final String[] SIGNS = {
    "\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.", "L" + MAGIC
  };

  private final Map<String, Global> types = new HashMap<>();
  private final Map<String, MemorySegment> storages = new HashMap<>();
  private final Object object;

  /** Reads all but the tensors' numbers. */
  TorchStream(WeightSource source, String name, MemorySegment bytes) {
    var in = new PickleBytes(source, name, bytes);
    if (!MAGIC.equals(Unpickler.read(in))) {
      throw in.fault("the magic number of PyTorch is not there");
    }
    Object version = Unpickler.read(in);
    if (!Long.valueOf(VERSION).equals(version)) {
      throw in.fault(
          "PyTorch's format is of version %s, not %s"
              .formatted(Quote.value(String.valueOf(version)), VERSION));
    }
    Unpickler.read(in);
    object = Unpickler.read(in, this::noted);
    if (!(Unpickler.read(in) instanceof Sequence keys)) {
      throw in.fault("the list of storages is none");
    }
    for (Object key : keys.items()) {
      String text = TorchStorages.text(key);
      storages.put(text, numbers(in, text));
    }
  }

  static boolean recognises(MemorySegment bytes) {
    String head =
        new String(
            bytes.asSlice(0, Math.min(HEAD, bytes.byteSize())).toArray(ValueLayout.JAVA_BYTE),
            StandardCharsets.ISO_8859_1);
    return head.contains(SIGNS[0]) || head.startsWith(SIGNS[1]);
  }

  Object object() {
    return object;
  }

  private Object noted(Object id) {
    Object reference = TorchStorages.reference(id);
    if (reference instanceof Reference
        && id instanceof Sequence parts
        && parts.item(1) instanceof Global type) {
      types.put(TorchStorages.text(parts.item(2)), type);
    }
    return reference;
  }

  private MemorySegment numbers(PickleBytes in, String key) {
    Global type = types.get(key);
    if (type == null) {
      throw in.fault("storage %s is of no tensor".formatted(Quote.of(key)));
    }
    int size = TorchTypes.bytes(type);
    if (size == 0) {
      throw in.fault("a storage of the unknown class %s".formatted(type));
    }
    long count = in.i8();
    if (count < 0 || count > in.left() / size) {
      throw in.fault(
          "storage %s should have %s numbers of %s bytes, but %s bytes are left: the file is cut short"
              .formatted(Quote.of(key), Long.toUnsignedString(count), size, in.left()));
    }
    return in.bytes(count * size);
  }

  /** A view of a storage, of PyTorch 0.2 and 0.3, is (its key, where it begins, how long it is). */
  @Override
  public TorchStorage find(Global type, String key, Sequence id, Tree tree) {
    MemorySegment all = storages.get(key);
    if (all == null) {
      throw tree.refused("storage %s is not in the file".formatted(Quote.of(key)));
    }
    if (id.item(5) instanceof Sequence view
        && view.item(1) instanceof Long begin
        && view.item(2) instanceof Long length) {
      int size = Math.max(1, TorchTypes.bytes(type));
      long numbers = all.byteSize() / size;
      if (begin < 0 || length < 0 || begin > numbers || length > numbers - begin) {
        throw tree.refused(
            "a view of numbers %s to %s of a storage of %s"
                .formatted(begin, begin + length, numbers));
      }
      all = all.asSlice(begin * size, length * size);
    }
    return new TorchStorage(type, all, ByteOrder.LITTLE_ENDIAN);
  }
}
