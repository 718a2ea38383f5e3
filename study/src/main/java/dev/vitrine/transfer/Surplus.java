package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.StoredTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file has beside the layers that a network took. Whole layers mean that it is another,
 * deeper one's, as of ResNet-34 whose first blocks are ResNet-18's.
 */
final class Surplus {
  /** Heads that only a training has, as of GoogLeNet: torchvision's, and Caffe's. */
  private static final Pattern HEAD =
      Pattern.compile("(?i)(?:.*[./])?(?:aux(?:logits)?_?\\d?|loss[12])(?:[./].*)?");

  private Surplus() {}

  /**
   * Refuses layers with filters or matrices of their own that went nowhere.
   *
   * @param found what fits
   * @param used the places of the tensors that it takes
   * @param others whose the file is perhaps
   */
  static void refuse(Path file, Found found, Set<String> used, Others others) {
    Labels labels = found.part().labels();
    List<String> layers =
        labels.layers().entrySet().stream()
            .filter(layer -> !labels.bare().contains(layer.getKey()))
            .filter(layer -> !HEAD.matcher(layer.getKey()).matches())
            .filter(layer -> isWhole(found.part(), layer.getValue(), used))
            .map(layer -> found.part().full(layer.getKey()))
            .toList();
    if (!layers.isEmpty()) {
      throw UserException.advising(
          "%s: %s of its layers, such as %s, %s not the network's: it %s"
              .formatted(
                  Quote.place(file.toString()),
                  layers.size(),
                  Quote.of(layers.getFirst()),
                  layers.size() == 1 ? "is" : "are",
                  others.fitting().map(it -> "fits " + it).orElse("is another network's")),
          "name that, or say %s part if a part of it is meant",
          "the layout");
    }
  }

  private static boolean isWhole(Part part, Map<String, List<String>> roles, Set<String> used) {
    return roles.values().stream()
            .flatMap(List::stream)
            .noneMatch(name -> used.contains(part.full(name)))
        && roles.getOrDefault(Label.WEIGHT, List.of()).stream()
            .anyMatch(name -> isMatrix(part.tensors().get(name)));
  }

  private static boolean isMatrix(StoredTensor tensor) {
    return tensor.dims().stream().filter(size -> size != 1).count() > 1;
  }
}
