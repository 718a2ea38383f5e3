package dev.vitrine.convert;

import dev.vitrine.format.DType;
import dev.vitrine.format.TensorData;
import dev.vitrine.weights.stored.Cast;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The type that a file's numbers are written in: their own, if none is asked for. */
final class Casts {
  private final Optional<DType> dtype;
  private final List<Cast> casts = new ArrayList<>();

  Casts(Optional<DType> dtype) {
    this.dtype = dtype;
  }

  TensorData named(StoredTensor tensor, String name) {
    if (dtype.isEmpty()) {
      return tensor.named(name);
    }
    Cast cast = new Cast(tensor, dtype.get());
    casts.add(cast);
    return cast.named(name);
  }

  /** What was made of all of them, once they were written. */
  Optional<Rounding> made() {
    double difference = casts.stream().mapToDouble(Cast::difference).max().orElse(0);
    long overflows = casts.stream().mapToLong(Cast::overflows).sum();
    return dtype.map(type -> new Rounding(type, difference, overflows));
  }
}
