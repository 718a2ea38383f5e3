package dev.vitrine.transfer;

import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.List;

/**
 * A tensor of a file that becomes a parameter of a network.
 *
 * @param from the tensor's place in the file
 * @param tensor its numbers
 * @param to the parameter's name
 * @param shape the parameter's sizes
 * @param change what is done to the numbers
 */
public record Move(String from, StoredTensor tensor, String to, Shape shape, Change change) {
  /**
   * The same moves, but that those whose sizes are open are turned where all others of their rank
   * are: a file has one convention.
   */
  static List<Move> alike(List<Move> moves) {
    return moves.stream().map(move -> Change.isOpen(move.shape) ? move.as(moves) : move).toList();
  }

  private Move as(List<Move> moves) {
    List<Change> others =
        moves.stream()
            .filter(m -> m.shape.rank() == shape.rank() && !Change.isOpen(m.shape))
            .map(Move::change)
            .distinct()
            .toList();
    return others.size() == 1 && others.getFirst() != Change.RESHAPED
        ? new Move(from, tensor, to, shape, others.getFirst())
        : this;
  }

  float[] values() {
    return change.apply(tensor.floats(), shape);
  }
}
