package dev.vitrine.transfer;

import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One way in which a tensor's sizes become a parameter's.
 *
 * @param order how its axes lay if not as the parameter's: transposed, of H W I O, of O H W I
 * @param ordered whether its order says whether images come channel by channel: that of a filter of
 *     more than one tap does
 * @param whole whether a filter as large as its image became a row of a matrix, and lies right
 * @param steps what is done
 */
record Way(Optional<Change> order, boolean ordered, boolean whole, List<Step> steps) {
  private static final int FILTER = 4;

  private static Way asIs(boolean filter) {
    return new Way(Optional.empty(), filter, false, List.of());
  }

  private Way ofWholeImage() {
    Way reshaped = reshaped();
    return new Way(order, ordered, true, reshaped.steps);
  }

  private Way reshaped() {
    List<Step> more = new ArrayList<>(steps);
    more.add(Step.of(Change.RESHAPED, values -> values));
    return new Way(order, ordered, whole, List.copyOf(more));
  }

  /**
   * All ways, the simplest first; none if the tensor does not fit.
   *
   * @param dims the tensor's sizes
   * @param to the parameter's
   * @param flattened of what its last axis is put together, see {@link Wiring#flattened}
   */
  static List<Way> all(List<Long> dims, Shape to, List<Shape> flattened) {
    long[] from = dims.stream().mapToLong(d -> d).toArray();
    long[] sizes = Arrays.stream(to.sizes()).asLongStream().toArray();
    if (from.length == FILTER && sizes.length == FILTER) {
      return filters(from, to);
    }
    if (from.length == FILTER && sizes.length == 2 && flattened.size() == 1) {
      Shape image = flattened.getFirst();
      Shape whole = Shape.of(to.size(0), image.size(0), image.size(1), image.size(2));
      List<Way> ways = filters(from, whole);
      if (!ways.isEmpty()) {
        return ways.stream().map(Way::ofWholeImage).toList();
      }
    }
    long[] less = withoutOnes(from);
    if (sizes.length == FILTER && from.length == 2) {
      return matrices(from, to.size(0), to.elements() / to.size(0), true);
    }
    if (sizes.length == 2 && (from.length == 2 || less.length == 2)) {
      return matrices(from.length == 2 ? from : less, to.size(0), to.size(1), from.length != 2);
    }
    boolean same = Arrays.equals(from, sizes);
    return same
        ? List.of(asIs(false))
        : Arrays.equals(less, withoutOnes(sizes)) ? List.of(asIs(false).reshaped()) : List.of();
  }

  private static List<Way> filters(long[] from, Shape to) {
    int out = to.size(0);
    int in = to.size(1);
    boolean told = to.size(2) * to.size(3) > 1;
    List<Way> ways = new ArrayList<>();
    if (is(from, out, in, to.size(2), to.size(3))) {
      ways.add(asIs(told));
    }
    boolean hwio = is(from, to.size(2), to.size(3), in, out);
    boolean depthwise =
        in == 1
            && from[0] == to.size(2)
            && from[1] == to.size(3)
            && from[2] > 0
            && from[3] > 0
            && from[2] <= out
            && from[2] * from[3] == out;
    if (hwio || depthwise) {
      ways.add(
          new Way(
              Optional.of(Change.FROM_HWIO),
              told,
              false,
              List.of(Step.of(Change.FROM_HWIO, values -> Rearranged.fromHwio(values, out, in)))));
    }
    if (told && is(from, out, to.size(2), to.size(3), in)) {
      ways.add(
          new Way(
              Optional.of(Change.FROM_OHWI),
              true,
              false,
              List.of(Step.of(Change.FROM_OHWI, values -> Rearranged.fromOhwi(values, out, in)))));
    }
    return ways;
  }

  private static List<Way> matrices(long[] from, int out, int in, boolean reshaped) {
    List<Way> ways = new ArrayList<>();
    if (is(from, out, in)) {
      ways.add(asIs(false));
    }
    if (is(from, in, out)) {
      ways.add(
          new Way(
              Optional.of(Change.TRANSPOSED),
              false,
              false,
              List.of(Step.of(Change.TRANSPOSED, values -> Rearranged.transposed(values, out)))));
    }
    return reshaped ? ways.stream().map(Way::reshaped).toList() : List.copyOf(ways);
  }

  private static boolean is(long[] from, int... sizes) {
    return Arrays.equals(from, Arrays.stream(sizes).asLongStream().toArray());
  }

  private static long[] withoutOnes(long[] dims) {
    return Arrays.stream(dims).filter(d -> d != 1).toArray();
  }
}
