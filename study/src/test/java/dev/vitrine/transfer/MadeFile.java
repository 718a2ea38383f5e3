package dev.vitrine.transfer;

import dev.vitrine.format.DType;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** A file as some program would write the numbers of a network, made in memory. */
final class MadeFile {
  private final Map<String, Stored> members = new LinkedHashMap<>();
  private String format = "NumPy .npz";

  /** A network with random numbers. */
  static Model random(Layer network, Shape input) {
    return Model.of(network, input, Initializer.uniform(1), Initializer.uniform(1), Seed.of(7));
  }

  MadeFile format(String other) {
    format = other;
    return this;
  }

  MadeFile put(String name, float[] values, int... dims) {
    List<Long> sizes = Arrays.stream(dims).mapToObj(Long::valueOf).toList();
    members.put(
        name,
        new Stored.Numbers(
            StoredTensor.rows(
                DType.F32, ByteOrder.nativeOrder(), sizes, MemorySegment.ofArray(values))));
    return this;
  }

  /** A parameter as it is. */
  MadeFile put(String name, Model model, String parameter) {
    float[] values = model.parameters().get(parameter);
    int[] dims = model.parameters().layout().find(parameter).orElseThrow().shape().sizes();
    return put(name, values, dims);
  }

  /** Filters (O, I, H, W) as (H, W, I, O). */
  MadeFile putHwio(String name, Model model, String parameter) {
    int[] d = model.parameters().layout().find(parameter).orElseThrow().shape().sizes();
    float[] ours = model.parameters().get(parameter);
    float[] theirs = new float[ours.length];
    for (int o = 0; o < d[0]; o++) {
      for (int i = 0; i < d[1]; i++) {
        for (int h = 0; h < d[2]; h++) {
          for (int w = 0; w < d[3]; w++) {
            theirs[((h * d[3] + w) * d[1] + i) * d[0] + o] =
                ours[((o * d[1] + i) * d[2] + h) * d[3] + w];
          }
        }
      }
    }
    return put(name, theirs, d[2], d[3], d[1], d[0]);
  }

  /**
   * A matrix as (in, out).
   *
   * @param place where the file has our input
   */
  MadeFile putInOut(String name, Model model, String parameter, IntUnaryOperator place) {
    int[] d = model.parameters().layout().find(parameter).orElseThrow().shape().sizes();
    float[] ours = model.parameters().get(parameter);
    float[] theirs = new float[ours.length];
    for (int o = 0; o < d[0]; o++) {
      for (int i = 0; i < d[1]; i++) {
        theirs[place.applyAsInt(i) * d[0] + o] = ours[o * d[1] + i];
      }
    }
    return put(name, theirs, d[1], d[0]);
  }

  Weights weights() {
    return new Weights(Path.of("made"), format, Stored.Group.of(members));
  }

  /** How its numbers go into a network of the same layers. */
  Transfer transfer(Model like, String... layout) {
    return transfer(like, Conventions.of(List.of(layout)));
  }

  Transfer transfer(Model like, Conventions conventions) {
    return Transfer.of(
        weights(), "own", Model.of(like.network(), like.input()), Optional.empty(), conventions);
  }

  /** The network that comes of it. */
  static Model into(Transfer transfer, Model like) {
    Model model = Model.of(like.network(), like.input());
    transfer.into(model);
    return model;
  }
}
