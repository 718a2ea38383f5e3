package dev.vitrine.transfer;

import dev.vitrine.weights.stored.StoredTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The layers that the names of a part of a file speak of: {@link Label}s, Caffe's numbered blobs
 * ({@code conv1.0}, {@code conv1.1}), and matrices that alone are a layer.
 *
 * @param layers the names of the tensors by layer and role; more than one where two claim a role
 * @param bare the layers of which only a matrix is known, which may be anything
 * @param dotted the same as {@code layers}, by names with dots for slashes
 */
record Labels(
    SequencedMap<String, Map<String, List<String>>> layers,
    Set<String> bare,
    Map<String, Map<String, List<String>>> dotted) {
  private static final Map<Integer, List<String>> BLOBS =
      Map.of(
          1, List.of(Label.WEIGHT),
          2, List.of(Label.WEIGHT, Label.BIAS),
          3, List.of(Label.MEAN, Label.VARIANCE, Label.FACTOR),
          4, List.of(Label.WEIGHT, Label.BIAS, Label.MEAN, Label.VARIANCE));

  /** What optimisers keep of each tensor, under its name: PyTorch's and TensorFlow's. */
  private static final Pattern MEMORY =
      Pattern.compile(
          "(?i)(?:adam|rmsprop|momentum|adagrad|ftrl)(?:_\\d)?|exp_avg(?:_sq)?|momentum_buffer");

  /** What the names of normalisations and of the scales behind them differ in. */
  private static final Pattern NORM =
      Pattern.compile("batch_?norm(?:alization)?|bn|scale|[^a-z0-9]");

  static Labels of(SequencedMap<String, StoredTensor> tensors) {
    var labels = new Labels(new LinkedHashMap<>(), new HashSet<>(), new HashMap<>());
    SequencedMap<String, List<String>> rest = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      if (tensor.elements() > 0 && !MEMORY.matcher(Names.role(name)).matches()) {
        Optional<Label> label = Label.of(name);
        label.ifPresentOrElse(
            it -> labels.put(it.layer(), it.role(), name),
            () -> rest.computeIfAbsent(Names.stem(name), _ -> new ArrayList<>()).add(name));
      }
    });
    rest.forEach((layer, names) -> labels.putOthers(layer, Names.counted(names), tensors));
    labels.mergeNormalisations(tensors);
    labels.layers.forEach(
        (layer, roles) -> labels.dotted.putIfAbsent(layer.replace('/', '.'), roles));
    return labels;
  }

  private void put(String layer, String role, String name) {
    layers
        .computeIfAbsent(layer, _ -> new LinkedHashMap<>())
        .computeIfAbsent(role, _ -> new ArrayList<>())
        .add(name);
  }

  private void putOthers(String layer, List<String> names, Map<String, StoredTensor> tensors) {
    List<String> roles = BLOBS.get(names.size());
    if (!layer.isEmpty() && roles != null && areBlobs(names, tensors)) {
      for (int i = 0; i < names.size(); i++) {
        put(layer, roles.get(i), names.get(i));
      }
      return;
    }
    for (String name : names) {
      if (rank(tensors.get(name)) > 1 && !has(name, Label.WEIGHT)) {
        if (!layers.containsKey(name)) {
          bare.add(name);
        }
        put(name, Label.WEIGHT, name);
      }
    }
  }

  /** Whether tensors are numbered from 0, as Caffe's of a layer, and look like them. */
  private static boolean areBlobs(List<String> names, Map<String, StoredTensor> tensors) {
    for (int i = 0; i < names.size(); i++) {
      boolean first = i == 0 && names.size() < 3;
      if (!Names.role(names.get(i)).equals(String.valueOf(i))
          || (!first && rank(tensors.get(names.get(i))) > 1)) {
        return false;
      }
    }
    return names.size() != 3 || tensors.get(names.get(2)).elements() == 1;
  }

  private static int rank(StoredTensor tensor) {
    return (int) tensor.dims().stream().filter(size -> size != 1).count();
  }

  private boolean has(String layer, String role) {
    return layers.containsKey(layer) && layers.get(layer).containsKey(role);
  }

  /**
   * Caffe normalises in one layer and scales in the next ({@code bn_conv1}, {@code scale_conv1});
   * Flax keeps averages elsewhere ({@code params.bn}, {@code batch_stats.bn}).
   */
  private void mergeNormalisations(Map<String, StoredTensor> tensors) {
    Map<String, List<String>> scales = new HashMap<>();
    layers.forEach((layer, roles) -> {
      if (!roles.containsKey(Label.MEAN) && areVectors(roles, tensors)) {
        if (layer.toLowerCase(Locale.ROOT).contains("scale")) {
          scales.computeIfAbsent(core(layer), _ -> new ArrayList<>()).add(layer);
        }
        scales.computeIfAbsent(afterFirst(layer), _ -> new ArrayList<>()).add(layer);
      }
    });
    for (String layer : List.copyOf(layers.keySet())) {
      Set<String> roles = layers.getOrDefault(layer, Map.of()).keySet();
      if (roles.contains(Label.MEAN) && !roles.contains(Label.WEIGHT)) {
        Set<String> its = new LinkedHashSet<>(scales.getOrDefault(core(layer), List.of()));
        its.addAll(scales.getOrDefault(afterFirst(layer), List.of()));
        its.retainAll(layers.keySet());
        if (its.size() == 1) {
          layers.get(layer).putAll(layers.remove(its.iterator().next()));
        }
      }
    }
  }

  private static boolean areVectors(
      Map<String, List<String>> roles, Map<String, StoredTensor> tensors) {
    return roles.values().stream()
        .flatMap(List::stream)
        .allMatch(name -> rank(tensors.get(name)) <= 1);
  }

  /** The path below the group that parameters or averages are in. */
  private static String afterFirst(String layer) {
    String path = layer.replace('/', '.');
    return path.indexOf('.') < 0 ? layer + "." : path.substring(path.indexOf('.') + 1);
  }

  /** The name without what says that it normalises or scales; never a path. */
  private static String core(String layer) {
    return "core " + NORM.matcher(layer.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** The roles of a layer, by its name with dots or slashes; empty if there is none of the name. */
  Map<String, List<String>> of(String layer) {
    Map<String, List<String>> exact = layers.get(layer);
    return exact == null ? dotted.getOrDefault(layer, Map.of()) : exact;
  }
}
