package dev.vitrine.weights.pytorch;

import dev.vitrine.weights.numpy.NumpyNames;
import dev.vitrine.weights.pickle.PickleBytes;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.pickle.Unpickler;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** A pickle of NumPy's arrays or PyTorch's tensors, or several one after the other. */
public final class PickleReader implements WeightReader {
  /** What protocols 0 and 1 begin with: a mark, an empty list or dictionary, a name. */
  private static final String[] BEGINNINGS = {
    "(dp", "(lp", "(tp", "(i", "(d", "(l", "]q", "}q", "c"
  };

  /** The reader. */
  public PickleReader() {}

  @Override
  public String title() {
    return "pickle";
  }

  @Override
  public boolean recognises(WeightSource source) {
    MemorySegment bytes = source.bytes();
    if (bytes.byteSize() < 3 || bytes.get(ValueLayout.JAVA_BYTE, bytes.byteSize() - 1) != '.') {
      return bytes.byteSize() > 3 && isNew(bytes);
    }
    String head = "" + at(bytes, 0) + at(bytes, 1) + at(bytes, 2);
    for (String beginning : BEGINNINGS) {
      if (head.startsWith(beginning)) {
        return true;
      }
    }
    return isNew(bytes);
  }

  private static boolean isNew(MemorySegment bytes) {
    return at(bytes, 0) == 0x80 && at(bytes, 1) >= 2 && at(bytes, 1) <= 5;
  }

  private static char at(MemorySegment bytes, int index) {
    return (char) Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, index));
  }

  @Override
  public Stored.Group read(WeightSource source) {
    var in = new PickleBytes(source, "", source.bytes());
    var tree =
        new Tree(
            source,
            List.of(
                new TorchNames((type, key, id, where) -> {
                  throw where.refused("a storage lies outside of the pickle");
                }),
                new NumpyNames()));
    var objects = new ArrayList<Object>();
    do {
      objects.add(Unpickler.read(in, TorchStorages::reference));
    } while (in.left() > 0);
    return objects.size() == 1 ? tree.root(objects.getFirst(), "0") : tree.list(objects);
  }
}
