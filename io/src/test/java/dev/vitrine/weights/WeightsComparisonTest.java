package dev.vitrine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.weights.WeightsComparison.Verdict;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeightsComparisonTest {
  private static Weights file(String name, Map<String, ? extends Stored> members) {
    return new Weights(Path.of(name), "made", Stored.Group.of(members));
  }

  private static Stored floats(float... numbers) {
    return new Stored.Numbers(
        StoredTensor.rows(
            DType.F32,
            ByteOrder.nativeOrder(),
            List.of((long) numbers.length),
            MemorySegment.ofArray(numbers)));
  }

  private static Stored doubles(double... numbers) {
    return new Stored.Numbers(
        StoredTensor.rows(
            DType.F64,
            ByteOrder.nativeOrder(),
            List.of((long) numbers.length),
            MemorySegment.ofArray(numbers)));
  }

  private static Stored longs(long... numbers) {
    return new Stored.Numbers(
        StoredTensor.rows(
            DType.I64,
            ByteOrder.nativeOrder(),
            List.of((long) numbers.length),
            MemorySegment.ofArray(numbers)));
  }

  private static WeightsComparison of(
      Map<String, ? extends Stored> first, Map<String, ? extends Stored> second) {
    return WeightsComparison.of(file("a", first), file("b", second), Optional.empty());
  }

  private static WeightsComparison.Pair pair(Stored first, Stored second) {
    return of(Map.of("w", first), Map.of("w", second)).pairs().getFirst();
  }

  @Test
  void twoTensorsHaveTheSameBitsOrNumbersOrDiffer() {
    assertThat(pair(floats(1, 2), floats(1, 2)).verdict()).isEqualTo(Verdict.SAME_BITS);
    assertThat(pair(floats(1, 2), doubles(1, 2)).verdict()).isEqualTo(Verdict.SAME_NUMBERS);
    assertThat(pair(floats(0), floats(-0f)).verdict()).isEqualTo(Verdict.SAME_NUMBERS);
    assertThat(pair(floats(1, 2), floats(1)).verdict()).isEqualTo(Verdict.OTHER_SHAPE);
    WeightsComparison.Pair other = pair(floats(1, 2, 3, 4), doubles(1, 2.5, 3, 1));
    assertThat(other.verdict()).isEqualTo(Verdict.OTHER_NUMBERS);
    assertThat(other.differing()).isEqualTo(2);
    assertThat(other.largest()).isEqualTo(3);
  }

  @Test
  void whatIsNoNumberDiffersFromWhatIs() {
    assertThat(pair(floats(Float.NaN), doubles(Double.NaN)).verdict())
        .isEqualTo(Verdict.SAME_NUMBERS);
    assertThat(pair(floats(Float.NaN), floats(1)).largest()).isInfinite();
    assertThat(pair(floats(Float.POSITIVE_INFINITY), doubles(Double.POSITIVE_INFINITY)).differing())
        .isZero();
  }

  @Test
  void wholeNumbersAreComparedExactly() {
    WeightsComparison.Pair pair = pair(longs(Long.MAX_VALUE), longs(Long.MAX_VALUE - 1));
    assertThat(pair.verdict()).isEqualTo(Verdict.OTHER_NUMBERS);
    assertThat(pair.largest()).isEqualTo(1);
  }

  @Test
  void aNetworkWithinACheckpointIsFound() {
    Map<String, Stored> inner = new LinkedHashMap<>();
    inner.put("0.weight", floats(1, 2));
    inner.put("0.bias", floats(3));
    Stored.Group list = Stored.Group.of(Map.of("0", Stored.Group.of(inner)));
    WeightsComparison found = of(Map.of("state_dict", list), inner);
    assertThat(found.prefixes()).containsExactly("state_dict.0.0", "0");
    assertThat(found.pairs())
        .extracting(WeightsComparison.Pair::place)
        .containsExactly("weight", "bias");
    assertThat(found.pairs())
        .extracting(WeightsComparison.Pair::verdict)
        .containsOnly(Verdict.SAME_BITS);
  }

  @Test
  void whatOneAloneHasIsToldWithItsTwin() {
    WeightsComparison found =
        of(
            Map.of("w", floats(1), "x", floats(5, 6)),
            Map.of("w", floats(1), "y", floats(5, 6), "z", floats(9)));
    assertThat(found.onlyFirst()).hasSize(1);
    assertThat(found.onlyFirst().getFirst().twin()).contains("y");
    assertThat(found.onlySecond())
        .extracting(WeightsComparison.Single::place)
        .containsExactlyInAnyOrder("y", "z");
    assertThat(
            found.onlySecond().stream()
                .filter(single -> single.place().equals("z"))
                .findFirst()
                .orElseThrow()
                .twin())
        .isEmpty();
  }

  @Test
  void aPlaceIsTakenWhereItIs() {
    Weights checkpoint =
        file("a", Map.of("model", Stored.Group.of(Map.of("w", floats(1))), "other", floats(2)));
    Weights plain = file("b", Map.of("w", floats(1)));
    WeightsComparison found = WeightsComparison.of(checkpoint, plain, Optional.of("model"));
    assertThat(found.pairs().getFirst().verdict()).isEqualTo(Verdict.SAME_BITS);
    assertThat(found.onlyFirst()).isEmpty();
    assertThatThrownBy(() -> WeightsComparison.of(checkpoint, plain, Optional.of("modle")))
        .isInstanceOf(UserException.class)
        .hasMessage("a: Unknown place \"modle\"; did you mean \"model\"?");
    assertThatThrownBy(() -> WeightsListing.of(checkpoint, Optional.of("mode")))
        .isInstanceOf(UserException.class)
        .hasMessage("a: Unknown place \"mode\"; did you mean \"model\"?");
    assertThat(WeightsListing.of(checkpoint, Optional.of("model")).tensors())
        .extracting(WeightsListing.Row::place)
        .containsExactly("model.w");
  }
}
