package dev.vitrine.weights.onnx;

import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;

/** An ONNX model's initialisers. ONNX has no signature, so this reader is asked last. */
public final class OnnxReader implements WeightReader {
  /** The reader. */
  public OnnxReader() {}

  @Override
  public String title() {
    return "ONNX";
  }

  @Override
  public boolean recognises(WeightSource source) {
    return ModelReader.recognises(source);
  }

  @Override
  public Stored.Group read(WeightSource source) {
    return new Stored.Group(ModelReader.read(source).graph().initialisers());
  }
}
