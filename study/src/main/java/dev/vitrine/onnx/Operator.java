package dev.vitrine.onnx;

import java.util.List;

/** What a node of one kind becomes. */
@FunctionalInterface
interface Operator {
  /** The node's outputs, in order; there may be fewer than it names. */
  List<Datum> translate(Site site);
}
