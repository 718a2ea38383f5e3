package dev.vitrine.weights.pytorch;

import dev.vitrine.weights.numpy.NumpyNames;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.util.List;

/** PyTorch's format before 1.6, and today's where the older one is asked for. */
public final class PyTorchStreamReader implements WeightReader {
  /** The reader. */
  public PyTorchStreamReader() {}

  @Override
  public String title() {
    return "PyTorch stream";
  }

  @Override
  public boolean recognises(WeightSource source) {
    return TorchStream.recognises(source.bytes());
  }

  @Override
  public Stored.Group read(WeightSource source) {
    var stream = new TorchStream(source, "", source.bytes());
    return new Tree(source, List.of(new TorchNames(stream), new NumpyNames()))
        .root(stream.object(), "0");
  }
}
