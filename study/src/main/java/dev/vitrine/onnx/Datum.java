package dev.vitrine.onnx;

/** What stands for a value of an ONNX graph while it is translated. */
sealed interface Datum permits Known, Flowing {
  /** Its sizes as ONNX has them, the batch among them. */
  long[] dims();

  /** How many axes, as ONNX counts them. */
  default int rank() {
    return dims().length;
  }
}
