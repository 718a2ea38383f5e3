package dev.vitrine.weights.numpy;

import dev.vitrine.error.Quote;
import dev.vitrine.format.DType;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * An array that is said to be somewhere.
 *
 * @param type of its elements
 * @param dims its sizes
 * @param columns whether its first axis is the fastest
 */
record NumpyArray(NumpyType type, List<Long> dims, boolean columns) {
  /** Numbers that fill their bytes. */
  Stored stored(MemorySegment data, Tree tree) {
    long size = bytes(data.byteSize());
    if (size >= 0 && size < data.byteSize()) {
      throw tree.refused(
          "an array of %s %s has %s bytes, but its numbers are %s: the file is damaged"
              .formatted(type.text(), Quote.value(dims.toString()), data.byteSize(), size));
    }
    return begun(data, tree);
  }

  /** How many bytes its numbers take; −1 if they are of no type here, or more than that. */
  long bytes(long most) {
    long size = type.dtype().map(DType::bytes).orElse(-1);
    for (long dim : dims) {
      if (dim == 0) {
        return size < 0 ? -1 : 0;
      }
      size = size < 0 || dim < 0 || size > most / dim ? -1 : size * dim;
    }
    return size;
  }

  /** Numbers at the beginning of bytes. */
  Stored begun(MemorySegment data, Tree tree) {
    Optional<DType> dtype = type.dtype();
    if (dtype.isEmpty()) {
      return Tree.unreadTensor(type.described());
    }
    return tree.tensor(() ->
        columns
            ? StoredTensor.columns(dtype.get(), type.byteOrder(), dims, data)
            : StoredTensor.rows(dtype.get(), type.byteOrder(), dims, data));
  }

  /** Objects, in a list; a single one without axes is itself. */
  Stored stored(List<Object> items, Tree tree) {
    return dims.isEmpty() && items.size() == 1 ? tree.stored(items.getFirst()) : tree.list(items);
  }
}
