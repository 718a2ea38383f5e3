package dev.vitrine.data;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.numpy.NpzReader;
import dev.vitrine.weights.numpy.NumpyHeader;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One array of an archive: examples, or their labels. */
final class NpzArray {
  private static final Set<Integer> CHANNELS = Set.of(1, 3);
  private static final int WHITE = 255;

  private final WeightSource source;
  private final String key;
  private final List<Long> dims;
  private final DType type;

  /**
   * An array.
   *
   * @throws UserException if its elements are no numbers
   */
  NpzArray(WeightSource source, String key, NumpyHeader header) {
    this.source = source;
    this.key = key;
    dims = header.dims();
    type = header.dtype().orElseThrow(() -> fault("expected numbers, but its elements are others"));
  }

  private UserException fault(String what) {
    return source.refused("%s: %s".formatted(Quote.of(key), what));
  }

  /** How many examples. */
  int count() {
    if (dims.isEmpty() || dims.getFirst() < 1 || dims.getFirst() > Integer.MAX_VALUE) {
      throw fault("expected examples along the first axis, but its sizes are %s".formatted(dims));
    }
    return Math.toIntExact(dims.getFirst());
  }

  /** Bytes of its content. */
  long bytes() {
    return dims.stream().reduce((long) type.bytes(), (a, b) -> a * b);
  }

  boolean isWhole() {
    return type.isWhole();
  }

  /**
   * The shape of an example: {@code (C, H, W)}, or {@code (F)}.
   *
   * @param said what the user says of it
   * @throws UserException if it is not clear
   */
  Shape shape(Optional<Shape> said) {
    int[] sizes = dims.stream().skip(1).mapToInt(size -> size(size)).toArray();
    if (sizes.length == 0 || sizes.length > 3) {
      throw fault(
          "expected images (N, H, W), (N, H, W, C) or (N, C, H, W), or features (N, F), but its sizes are %s"
              .formatted(dims));
    }
    Shape stored = Shape.of(sizes);
    Shape shape =
        switch (sizes.length) {
          case 1 -> said.orElse(stored);
          case 2 -> Shape.of(1, sizes[0], sizes[1]);
          default -> channelsLast(stored, said) ? planes(stored) : stored;
        };
    if (!said.orElse(shape).equals(shape) || shape.elements() != stored.elements()) {
      throw fault(
          "its sizes are %s, which are no examples of shape %s"
              .formatted(dims, said.orElse(shape)));
    }
    return shape;
  }

  private int size(long size) {
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw fault("its sizes are %s: expected each to be 1 or more".formatted(dims));
    }
    return Math.toIntExact(size);
  }

  private static Shape planes(Shape stored) {
    return Shape.of(stored.size(2), stored.size(0), stored.size(1));
  }

  /** Whether the channels of a pixel lie side by side. */
  private boolean channelsLast(Shape stored, Optional<Shape> said) {
    if (said.isPresent()) {
      return !said.get().equals(stored);
    }
    boolean first = CHANNELS.contains(stored.size(0));
    boolean last = CHANNELS.contains(stored.size(2));
    if (first == last) {
      throw UserException.advising(
          "%s: it is not clear which axis of %s, %s, are the channels"
              .formatted(source.file(), Quote.of(key), dims),
          "say the shape of an example with %s",
          "the examples' shape");
    }
    return last;
  }

  /** The examples. */
  Dataset dataset(String name, Shape shape, Targets targets) {
    StoredTensor tensor = tensor();
    boolean turned = dims.size() == 4 && !shape.equals(stored());
    int area = shape.rank() == 3 ? shape.size(1) * shape.size(2) : 1;
    if (shape.rank() == 3 && type == DType.U8) {
      byte[] pixels =
          tensor.isRows() ? tensor.data().toArray(ValueLayout.JAVA_BYTE) : levels(tensor);
      if (turned) {
        ImageArrays.toPlanes(pixels, shape.size(0), area);
      }
      return Dataset.of(name, shape, pixels, targets);
    }
    float[] values = tensor.floats();
    if (shape.rank() == 1) {
      return Dataset.of(name, shape, values, targets);
    }
    if (turned) {
      ImageArrays.toPlanes(values, shape.size(0), area);
    }
    return ImageArrays.dataset(name, shape, values, isWhole() && type != DType.BOOL, targets);
  }

  private Shape stored() {
    return Shape.of(dims.stream().skip(1).mapToInt(this::size).toArray());
  }

  private static byte[] levels(StoredTensor tensor) {
    float[] values = tensor.floats();
    byte[] levels = new byte[values.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (int) values[i];
    }
    return levels;
  }

  private StoredTensor tensor() {
    if (NpzReader.array(source, key) instanceof Stored.Numbers numbers) {
      if (numbers.tensor().elements() > Integer.MAX_VALUE - WHITE) {
        throw fault("it has %s numbers, more than an array holds".formatted(dims));
      }
      return numbers.tensor();
    }
    throw fault("expected numbers");
  }

  /**
   * The classes of the examples.
   *
   * @param largest the largest number of one
   * @throws UserException if they are no whole numbers from 0 to that, one an example
   */
  int[] labels(int largest) {
    if (dims.isEmpty() || dims.stream().skip(1).anyMatch(size -> size != 1)) {
      throw fault("expected one label an example, but its sizes are %s".formatted(dims));
    }
    double[] numbers = tensor().doubles();
    int[] labels = new int[numbers.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) numbers[i];
      if (labels[i] != numbers[i] || labels[i] < 0 || labels[i] > largest) {
        throw fault(
            "labels are classes from 0 to %s, but example %s has %s"
                .formatted(largest, i, Decimal.text(numbers[i])));
      }
    }
    return labels;
  }
}
