package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.readout.Maps;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** A tensor of a file as maps: what somebody else's network said about a picture. */
final class StoredMaps {
  private StoredMaps() {}

  /**
   * The only tensor of a file, or of a place in it.
   *
   * @throws UserException if there is none, or more than one
   */
  static Map.Entry<String, StoredTensor> tensor(Weights weights, Optional<String> key) {
    SequencedMap<String, StoredTensor> all = new TreeMap<>(weights.tensors());
    key.ifPresent(place ->
        all.keySet().removeIf(name -> !name.equals(place) && !name.startsWith(place + ".")));
    if (all.size() != 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--maps shows one tensor, but %s has %,d: choose one with --key",
              key.map(Quote::of).orElse("the file"),
              all.size()));
    }
    return all.firstEntry();
  }

  /**
   * Its maps. Sizes of 1 in front are left out; of three that are left, the two that are equal are
   * height and width.
   *
   * @param axes {@code hwc} or {@code chw}, if the sizes do not say it
   * @throws UserException if it has not two or three axes, or nothing says which they are
   */
  static Maps maps(String name, StoredTensor tensor, Optional<String> axes) {
    List<Long> dims = tensor.dims();
    while (dims.size() > 2 && dims.getFirst() == 1) {
      dims = dims.subList(1, dims.size());
    }
    String shown = "%s of %s".formatted(Quote.of(name), text(tensor.dims()));
    if (dims.size() < 2 || dims.size() > 3 || tensor.elements() == 0) {
      throw new UserException(
          "--maps expects a tensor of two or three axes beside those of 1, but %s has %s"
              .formatted(shown, dims.size()));
    }
    int[] sizes = dims.stream().mapToInt(Math::toIntExact).toArray();
    float[] values = tensor.floats();
    if (sizes.length == 2) {
      return Maps.of(name, Shape.of(1, sizes[0], sizes[1]), values);
    }
    return switch (order(shown, sizes, axes)) {
      case "chw" -> Maps.of(name, Shape.of(sizes), values);
      default ->
          Maps.of(name, Shape.of(sizes[2], sizes[0], sizes[1]), channelsFirst(values, sizes[2]));
    };
  }

  private static String order(String shown, int[] sizes, Optional<String> axes) {
    if (axes.isPresent()) {
      List<String> known = List.of("hwc", "chw");
      return axes.filter(known::contains)
          .orElseThrow(() -> UserException.unknown("order of axes", axes.get(), known));
    }
    boolean last = sizes[0] == sizes[1];
    boolean first = sizes[1] == sizes[2];
    if (first == last) {
      throw new UserException(
          "The sizes of %s do not say which axis counts channels: give --axes hwc or chw"
              .formatted(shown));
    }
    return last ? "hwc" : "chw";
  }

  private static String text(List<Long> dims) {
    return String.join("×", dims.stream().map(String::valueOf).toList());
  }

  private static float[] channelsFirst(float[] values, int channels) {
    int plane = values.length / channels;
    float[] turned = new float[values.length];
    for (int k = 0; k < turned.length; k++) {
      turned[k] = values[k % plane * channels + k / plane];
    }
    return turned;
  }
}
