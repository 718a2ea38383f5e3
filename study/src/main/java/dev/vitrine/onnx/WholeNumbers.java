package dev.vitrine.onnx;

import dev.vitrine.weights.onnx.OnnxNode;
import java.util.List;
import java.util.Set;

/**
 * Inputs of whole numbers, such as pixels, which flow as real ones here. Most operators do the same
 * with both, up to 2²⁴; ONNX's division of whole numbers, say, drops what is left over.
 */
final class WholeNumbers {
  private static final Set<String> SAME =
      Set.of(
          "Abs",
          "Add",
          "Cast",
          "Clip",
          "Concat",
          "Dropout",
          "Expand",
          "Flatten",
          "Gather",
          "Identity",
          "MatMul",
          "Max",
          "MaxPool",
          "Min",
          "Mul",
          "Neg",
          "Pad",
          "ReduceMax",
          "ReduceMin",
          "ReduceSum",
          "Relu",
          "Reshape",
          "Shape",
          "Size",
          "Slice",
          "Split",
          "Squeeze",
          "Sub",
          "Sum",
          "Tile",
          "Transpose",
          "Unsqueeze");

  /** Operators that are defined on whole numbers alone. */
  private static final Set<String> ARITHMETIC =
      Set.of(
          "ConvInteger", "DynamicQuantizeLinear", "MatMulInteger", "QLinearConv", "QLinearMatMul");

  private static final String ON_GRID = "QuantizeLinear";
  private static final String OFF_GRID = "DequantizeLinear";

  private WholeNumbers() {}

  /** Whether a node is arithmetic with the whole numbers that stand for real ones. */
  static boolean isArithmetic(OnnxNode node) {
    return ARITHMETIC.contains(node.operator());
  }

  /** Refuses a node that takes numbers on a grid for what they are in the file. */
  static void checkGrids(OnnxNode node, Set<String> onGrid) {
    if (!node.operator().equals(OFF_GRID) && node.inputs().stream().anyMatch(onGrid::contains)) {
      throw new Refusal(
          "it reads the whole numbers of a QuantizeLinear, which only a DequantizeLinear may");
    }
  }

  /** Notes which of a node's outputs are on a grid. */
  static void noteGrids(OnnxNode node, List<Datum> outputs, Set<String> onGrid) {
    if (node.operator().equals(ON_GRID) && outputs.getFirst() instanceof Flowing) {
      onGrid.add(node.outputs().getFirst());
    }
  }

  /**
   * Refuses a node that does otherwise with whole numbers, and notes which of its outputs are some.
   *
   * @param node which reads some
   * @param outputs what it became
   * @param whole the names of the values that are whole numbers
   */
  static void check(OnnxNode node, List<Datum> outputs, Set<String> whole) {
    if (!SAME.contains(node.operator())) {
      throw new Refusal("what it makes of whole numbers is not done: cast them to float before it");
    }
    if (node.operator().equals("Cast")) {
      return;
    }
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i) instanceof Flowing) {
        whole.add(node.outputs().get(i));
      }
    }
  }
}
