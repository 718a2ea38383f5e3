package dev.vitrine.onnx;

import java.io.Serial;

/** Why a node cannot be translated. */
final class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  Refusal(String why) {
    super(why);
  }

  /** An operation that would let the examples of a batch see each other. */
  static Refusal mixing() {
    return new Refusal("it mixes the examples of a batch");
  }
}
