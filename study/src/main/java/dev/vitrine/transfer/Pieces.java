package dev.vitrine.transfer;

import dev.vitrine.op.Affine;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Of what the vectors of a graph are put together, value by value in its order. */
final class Pieces {
  private static final List<Integer> IMAGE = List.of(0, 1, 2);

  private final Map<Value, List<Shape>> pieces = new HashMap<>();
  private final Map<Value, List<Integer>> axes = new HashMap<>();

  /** Enters a value whose inputs are entered. */
  void enter(Value value) {
    axes.put(value, axesOf(value));
    pieces.put(value, piecesOf(value));
  }

  /** The pieces of a value that was entered; none if no image is among them. */
  List<Shape> of(Value value) {
    return pieces.get(value);
  }

  /** Which axis of (C, H, W) each axis of an image is: a network may permute them itself. */
  private List<Integer> axesOf(Value value) {
    List<List<Integer>> read =
        value.inputs().stream()
            .filter(input -> input.perExample() && input.shape().rank() == IMAGE.size())
            .map(axes::get)
            .distinct()
            .toList();
    return switch (value.op()) {
      case Permute permute when value.shape().rank() == IMAGE.size() && !read.isEmpty() ->
          permute.order().stream().map(read.getFirst()::get).toList();
      case Convolution _ -> IMAGE;
      default -> read.size() == 1 ? read.getFirst() : IMAGE;
    };
  }

  /**
   * Of what a vector is put together, images among it; none if no image is. An image whose axes the
   * network itself has permuted is none: that is how its author flattens it.
   */
  private List<Shape> piecesOf(Value value) {
    if (value.shape().rank() != 1 || value.inputs().isEmpty()) {
      return List.of();
    }
    Value x = value.inputs().getFirst();
    return switch (value.op()) {
      case Reshape _ when x.shape().rank() == IMAGE.size() && x.perExample() ->
          axes.get(x).equals(IMAGE) ? List.of(x.shape()) : List.of();
      case Reshape _ -> pieces.get(x);
      case Concat _ -> {
        List<Shape> all = new ArrayList<>();
        value
            .inputs()
            .forEach(input ->
                all.addAll(
                    pieces.get(input).isEmpty() ? List.of(input.shape()) : pieces.get(input)));
        yield all.stream().anyMatch(piece -> piece.rank() == 3) ? all : List.of();
      }
      case Affine _, Permute _, Slice _ -> List.of();
      default -> x.shape().equals(value.shape()) ? pieces.get(x) : List.of();
    };
  }
}
