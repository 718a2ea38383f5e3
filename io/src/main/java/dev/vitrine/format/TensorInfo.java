package dev.vitrine.format;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * What a safetensors file says of one tensor.
 *
 * @param name its name
 * @param dtype the type of its elements
 * @param dims its sizes; unlike those of a {@link Shape} they may be 0
 * @param begin where its first byte is, counted from the end of the header
 * @param end where its last byte was, plus one
 */
public record TensorInfo(String name, DType dtype, List<Long> dims, long begin, long end) {
  /** The tensor, with its own copy of the sizes. */
  public TensorInfo {
    dims = List.copyOf(dims);
  }

  /** {@return how many elements} */
  public long elements() {
    return (end - begin) / dtype.bytes();
  }

  /**
   * {@return the sizes as a shape}
   *
   * @throws UserException if one of them is 0 or there are 2³¹ elements or more
   */
  public Shape shape() {
    if (elements() == 0 || elements() > Integer.MAX_VALUE) {
      throw new UserException(
          "Tensor %s with sizes %s expects 1 to %s elements, but has %s"
              .formatted(Quote.of(name), JsonObject.shown(dims), Integer.MAX_VALUE, elements()));
    }
    return Shape.of(dims.stream().mapToInt(Math::toIntExact).toArray());
  }
}
