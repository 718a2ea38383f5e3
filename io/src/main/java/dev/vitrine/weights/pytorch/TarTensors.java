package dev.vitrine.weights.pytorch;

import dev.vitrine.error.Quote;
import dev.vitrine.format.DType;
import dev.vitrine.weights.pickle.Global;
import dev.vitrine.weights.pickle.PickleBytes;
import dev.vitrine.weights.pickle.Reference;
import dev.vitrine.weights.pickle.Sequence;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.pickle.Unpickler;
import dev.vitrine.weights.pickle.Vocabulary;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The storages and tensors of PyTorch's first format, by the numbers that its pickle calls them.
 */
final class TarTensors implements Vocabulary, TorchStorages {
  private static final int MOST_AXES = 64;

  private final Map<String, TorchStorage> storages = new HashMap<>();
  private final Map<String, View> views = new HashMap<>();

  /** A tensor before it is checked. */
  private record View(TorchStorage storage, List<Long> sizes, long[] strides, long offset) {}

  TarTensors(PickleBytes storages, PickleBytes tensors) {
    readStorages(storages);
    readTensors(tensors);
  }

  /** Their number; for each a pickle (key, place, class), a count and the numbers; views. */
  private void readStorages(PickleBytes in) {
    for (long i = count(in); i > 0; i--) {
      if (!(Unpickler.read(in) instanceof Sequence about)
          || !(about.item(2) instanceof Global type)
          || TorchTypes.bytes(type) == 0) {
        throw in.fault("a storage of no known class");
      }
      long numbers = in.i8();
      int size = TorchTypes.bytes(type);
      if (numbers < 0 || numbers > in.left() / size) {
        throw in.fault("a storage should have %s numbers".formatted(numbers));
      }
      put(about.item(0), type, in.bytes(numbers * size));
    }
    if (!(Unpickler.read(in) instanceof Sequence views)) {
      throw in.fault("the list of views is none");
    }
    for (Object item : views.items()) {
      if (!(item instanceof Sequence view)
          || storages.get(TorchStorages.text(view.item(1))) == null
          || !(view.item(2) instanceof Long begin)
          || !(view.item(3) instanceof Long length)) {
        throw in.fault("a view of no storage");
      }
      TorchStorage root = storages.get(TorchStorages.text(view.item(1)));
      int size = TorchTypes.bytes(root.type());
      long numbers = root.bytes().byteSize() / size;
      if (begin < 0 || length < 0 || begin > numbers || length > numbers - begin) {
        throw in.fault("a view is beyond its storage");
      }
      put(view.item(0), root.type(), root.bytes().asSlice(begin * size, length * size));
    }
  }

  private void put(Object key, Global type, MemorySegment bytes) {
    storages.put(TorchStorages.text(key), new TorchStorage(type, bytes, ByteOrder.LITTLE_ENDIAN));
  }

  /** Their number; for each a pickle (key, storage, class), its axes, sizes, strides, offset. */
  private void readTensors(PickleBytes in) {
    for (long i = count(in); i > 0; i--) {
      if (!(Unpickler.read(in) instanceof Sequence about)
          || storages.get(TorchStorages.text(about.item(1))) == null) {
        throw in.fault("a tensor of no storage");
      }
      long axes = in.i8() & 0xffff_ffffL;
      if (axes > MOST_AXES) {
        throw in.fault("a tensor of %s axes".formatted(axes));
      }
      List<Long> sizes = LongStream.range(0, axes).map(axis -> in.i8()).boxed().toList();
      long[] strides = LongStream.range(0, axes).map(axis -> in.i8()).toArray();
      views.put(
          TorchStorages.text(about.item(0)),
          new View(storages.get(TorchStorages.text(about.item(1))), sizes, strides, in.i8()));
    }
  }

  private static long count(PickleBytes in) {
    if (Unpickler.read(in) instanceof Long count) {
      return count;
    }
    throw in.fault("a number of things is none");
  }

  @Override
  public Optional<Stored> meaning(Object thing, Tree tree) {
    View view =
        thing instanceof Reference reference ? views.get(TorchStorages.text(reference.id())) : null;
    if (view == null) {
      return Optional.empty();
    }
    Optional<DType> dtype = view.storage().dtype();
    if (dtype.isEmpty()) {
      return Optional.of(Tree.unreadTensor(view.storage().type().path()));
    }
    int size = dtype.get().bytes();
    MemorySegment all = view.storage().bytes();
    if (view.offset() < 0 || view.offset() > all.byteSize() / size) {
      throw tree.refused("a PyTorch tensor begins beyond its storage");
    }
    return Optional.of(
        tree.tensor(() ->
            StoredTensor.of(
                dtype.get(),
                ByteOrder.LITTLE_ENDIAN,
                view.sizes(),
                view.strides(),
                all.asSlice(view.offset() * size))));
  }

  /** Never asked for: ids are numbers here. */
  @Override
  public TorchStorage find(Global type, String key, Sequence id, Tree tree) {
    throw tree.refused("storage %s is not in the file".formatted(Quote.of(key)));
  }

  @Override
  public Optional<TorchStorage> storage(Object value, Tree tree) {
    return value instanceof Reference reference
        ? Optional.ofNullable(storages.get(TorchStorages.text(reference.id())))
        : Optional.empty();
  }
}
