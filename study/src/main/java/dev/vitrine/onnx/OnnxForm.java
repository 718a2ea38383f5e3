package dev.vitrine.onnx;

/** What a {@link dev.vitrine.op.CustomOp} is in ONNX: one that implements this can be written. */
public interface OnnxForm {
  /**
   * Adds the nodes that compute the op, the last of them by {@link OnnxPlace#end}.
   *
   * @param place where the op stands
   */
  void write(OnnxPlace place);
}
