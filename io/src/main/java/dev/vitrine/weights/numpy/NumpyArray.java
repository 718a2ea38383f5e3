package dev.vitrine.weights.numpy;

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
  Stored stored(MemorySegment data, Tree tree) {
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
