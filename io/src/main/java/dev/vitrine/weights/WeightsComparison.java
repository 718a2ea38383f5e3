package dev.vitrine.weights;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.TensorDifference;
import dev.vitrine.weights.stored.TensorStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Two files of weights, tensor by tensor. Tensors of the same place are compared; if the files have
 * no place in common, what the places of each begin with is left out first, so that a network
 * within a checkpoint is compared with one that stands alone.
 *
 * @param prefixes what was left out of the places of the first and of the second, without the dot
 * @param pairs the tensors that both have
 * @param onlyFirst those that only the first has
 * @param onlySecond those that only the second has
 */
public record WeightsComparison(
    List<String> prefixes, List<Pair> pairs, List<Single> onlyFirst, List<Single> onlySecond) {
  /** The comparison, with its own copies. */
  public WeightsComparison {
    prefixes = List.copyOf(prefixes);
    pairs = List.copyOf(pairs);
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
  }

  /** How two tensors compare. */
  public enum Verdict {
    /** Type, sizes and all bits are the same. */
    SAME_BITS,
    /** The same sizes and numbers in different bits, such as those of another type. */
    SAME_NUMBERS,
    /** The same sizes, other numbers. */
    OTHER_NUMBERS,
    /** Other sizes. */
    OTHER_SHAPE
  }

  /**
   * A tensor that both have.
   *
   * @param place where it stands
   * @param first in the first file
   * @param second in the second file
   * @param verdict how they compare
   * @param differing how many numbers are not the same
   * @param largest the largest difference; infinite where one is NaN and the other is not; 0 if the
   *     sizes differ
   */
  public record Pair(
      String place,
      StoredTensor first,
      StoredTensor second,
      Verdict verdict,
      long differing,
      double largest) {}

  /**
   * A tensor that one file has.
   *
   * @param place where it stands
   * @param tensor the tensor
   * @param twin where the other file has the same bits under another name, if it has
   */
  public record Single(String place, StoredTensor tensor, Optional<String> twin) {}

  /**
   * {@return the comparison}
   *
   * @param first a file
   * @param second another
   * @param under the place of what is compared, in the files that have it; empty for all
   * @throws UserException if neither file has it
   */
  public static WeightsComparison of(Weights first, Weights second, Optional<String> under) {
    SequencedMap<String, StoredTensor> ones = first.tensors();
    SequencedMap<String, StoredTensor> others = second.tensors();
    if (under.isPresent()) {
      if (!has(ones, under.get()) && !has(others, under.get())) {
        throw WeightsListing.nothing(first, under.get());
      }
      ones = within(ones, under.get());
      others = within(others, under.get());
    }
    List<String> prefixes = List.of("", "");
    if (ones.keySet().stream().noneMatch(others::containsKey)) {
      prefixes = List.of(prefix(ones), prefix(others));
      ones = without(ones, prefixes.getFirst());
      others = without(others, prefixes.getLast());
    }
    return compared(prefixes, ones, others);
  }

  private static WeightsComparison compared(
      List<String> prefixes, Map<String, StoredTensor> ones, Map<String, StoredTensor> others) {
    var pairs = new ArrayList<Pair>();
    ones.forEach((place, tensor) -> {
      if (others.containsKey(place)) {
        pairs.add(pair(place, tensor, others.get(place)));
      }
    });
    Map<String, StoredTensor> onlyOnes = lacking(ones, others);
    Map<String, StoredTensor> onlyOthers = lacking(others, ones);
    return new WeightsComparison(
        prefixes, pairs, singles(onlyOnes, onlyOthers), singles(onlyOthers, onlyOnes));
  }

  private static boolean has(SequencedMap<String, StoredTensor> tensors, String place) {
    return tensors.keySet().stream().anyMatch(name -> WeightsListing.isUnder(name, place));
  }

  /** What lies at a place, named from there; all if nothing does. */
  private static SequencedMap<String, StoredTensor> within(
      SequencedMap<String, StoredTensor> tensors, String place) {
    var there = new LinkedHashMap<String, StoredTensor>();
    tensors.forEach((name, tensor) -> {
      if (WeightsListing.isUnder(name, place)) {
        there.put(name.equals(place) ? name : name.substring(place.length() + 1), tensor);
      }
    });
    return there.isEmpty() ? tensors : there;
  }

  /** What all places begin with, whole names without their dot. */
  private static String prefix(SequencedMap<String, StoredTensor> tensors) {
    if (tensors.isEmpty()) {
      return "";
    }
    String prefix = tensors.firstEntry().getKey();
    for (String place : tensors.keySet()) {
      while (!place.startsWith(prefix + ".")) {
        int dot = prefix.lastIndexOf('.');
        if (dot < 0) {
          return "";
        }
        prefix = prefix.substring(0, dot);
      }
    }
    return prefix;
  }

  private static SequencedMap<String, StoredTensor> without(
      SequencedMap<String, StoredTensor> tensors, String prefix) {
    return prefix.isEmpty() ? tensors : within(tensors, prefix);
  }

  private static Map<String, StoredTensor> lacking(
      Map<String, StoredTensor> these, Map<String, StoredTensor> those) {
    var lacking = new LinkedHashMap<>(these);
    lacking.keySet().removeAll(those.keySet());
    return lacking;
  }

  private static List<Single> singles(
      Map<String, StoredTensor> these, Map<String, StoredTensor> those) {
    var hashes = new LinkedHashMap<String, String>();
    those.forEach((place, tensor) -> hashes.putIfAbsent(hash(tensor), place));
    return these.entrySet().stream()
        .map(it ->
            new Single(
                it.getKey(), it.getValue(), Optional.ofNullable(hashes.get(hash(it.getValue())))))
        .toList();
  }

  private static String hash(StoredTensor tensor) {
    return TensorStatistics.of(tensor).hash();
  }

  private static Pair pair(String place, StoredTensor first, StoredTensor second) {
    if (!first.dims().equals(second.dims())) {
      return new Pair(place, first, second, Verdict.OTHER_SHAPE, 0, 0);
    }
    if (first.dtype() == second.dtype() && hash(first).equals(hash(second))) {
      return new Pair(place, first, second, Verdict.SAME_BITS, 0, 0);
    }
    TensorDifference found = TensorDifference.of(first, second);
    Verdict verdict = found.differing() == 0 ? Verdict.SAME_NUMBERS : Verdict.OTHER_NUMBERS;
    return new Pair(place, first, second, verdict, found.differing(), found.largest());
  }
}
