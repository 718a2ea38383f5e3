package dev.vitrine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  /** Philox 4×32-10 as in the paper's equations, on big integers: slow, and for any counter. */
  private static long[] philox(long[] counter, long[] key) {
    BigInteger two32 = BigInteger.ONE.shiftLeft(32);
    BigInteger[] c = big(counter);
    BigInteger[] k = big(key);
    for (int round = 0; round < 10; round++) {
      BigInteger[] p0 = c[0].multiply(BigInteger.valueOf(0xD2511F53L)).divideAndRemainder(two32);
      BigInteger[] p1 = c[2].multiply(BigInteger.valueOf(0xCD9E8D57L)).divideAndRemainder(two32);
      c = new BigInteger[] {p1[0].xor(c[1]).xor(k[0]), p1[1], p0[0].xor(c[3]).xor(k[1]), p0[1]};
      k[0] = k[0].add(BigInteger.valueOf(0x9E3779B9L)).mod(two32);
      k[1] = k[1].add(BigInteger.valueOf(0xBB67AE85L)).mod(two32);
    }
    return Arrays.stream(c).mapToLong(BigInteger::longValueExact).toArray();
  }

  private static BigInteger[] big(long[] words) {
    return Arrays.stream(words).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
  }

  /** The known answers of Random123's kat_vectors for philox4x32-10. */
  @Test
  void theReferenceGivesTheKnownAnswers() {
    assertThat(philox(new long[4], new long[2]))
        .containsExactly(0x6627e8d5L, 0xe169c58dL, 0xbc57ac4cL, 0x9b00dbd8L);
    long ones = 0xFFFFFFFFL;
    assertThat(philox(new long[] {ones, ones, ones, ones}, new long[] {ones, ones}))
        .containsExactly(0x408f276dL, 0x41c83b0eL, 0xa20bc7c6L, 0x6d5451fdL);
    assertThat(
            philox(
                new long[] {0x243f6a88L, 0x85a308d3L, 0x13198a2eL, 0x03707344L},
                new long[] {0xa4093822L, 0x299f31d0L}))
        .containsExactly(0xd16cfe09L, 0x94fdccebL, 0x5001e420L, 0x24126ea1L);
  }

  @Test
  void bitsAreTheFirstTwoWords() {
    assertThat(new RandomStream(0).bits(0)).isEqualTo(0xe169c58d_6627e8d5L);
    long[] some = {0, 1, -1, 0x123456789ABCDEFL, Long.MIN_VALUE, 0xFFFFFFFFL, 1L << 32};
    for (long key : some) {
      for (long i : some) {
        long[] words =
            philox(
                new long[] {i & 0xFFFFFFFFL, i >>> 32, 0, 0},
                new long[] {key & 0xFFFFFFFFL, key >>> 32});
        assertThat(new RandomStream(key).bits(i)).isEqualTo(words[0] | words[1] << 32);
      }
    }
  }

  @Test
  void uniformsFillTheirInterval() {
    RandomStream random = Seed.of(1).stream("uniform");
    int n = 100_000;
    int[] tenths = new int[10];
    for (int i = 0; i < n; i++) {
      double u = random.uniform(i, -3, 7);
      assertThat(u).isGreaterThanOrEqualTo(-3).isLessThan(7);
      tenths[(int) (u + 3)]++;
    }
    for (int count : tenths) {
      assertThat((double) count).isCloseTo(n / 10.0, within(5 * Math.sqrt(n * 0.09)));
    }
  }

  @Test
  void normalsHaveTheirMoments() {
    RandomStream random = Seed.of(2).stream("normal");
    int n = 200_000;
    double[] moments = new double[5];
    for (int i = 0; i < n; i++) {
      double z = random.normal(i);
      for (int k = 1; k < moments.length; k++) {
        moments[k] += Math.pow(z, k) / n;
      }
    }
    double deviation = 5 / Math.sqrt(n);
    assertThat(moments[1]).isCloseTo(0, within(deviation));
    assertThat(moments[2]).isCloseTo(1, within(deviation * Math.sqrt(2)));
    assertThat(moments[3]).isCloseTo(0, within(deviation * Math.sqrt(15)));
    assertThat(moments[4]).isCloseTo(3, within(deviation * Math.sqrt(96)));
  }

  @Test
  void belowIsEvenAndInBounds() {
    RandomStream random = Seed.of(3).stream("below");
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[random.below(i, 7)]++;
    }
    for (int count : counts) {
      assertThat((double) count).isCloseTo(10_000, within(5 * Math.sqrt(70_000 * 6.0 / 49)));
    }
  }

  @Test
  void permutationsHoldEachNumberOnceAndAreAllAsLikely() {
    assertThat(Seed.of(4).stream("p").permutation(1000))
        .containsExactlyInAnyOrder(java.util.stream.IntStream.range(0, 1000).toArray());
    int[] counts = new int[64];
    for (int step = 0; step < 12_000; step++) {
      int[] p = Seed.of(4).stream("p", step).permutation(3);
      counts[p[0] * 16 + p[1] * 4 + p[2]]++;
    }
    int[] six = Arrays.stream(counts).filter(c -> c > 0).toArray();
    assertThat(six).hasSize(6);
    for (int count : six) {
      assertThat((double) count).isCloseTo(2000, within(5 * Math.sqrt(12_000 * 5.0 / 36)));
    }
  }

  @Test
  void streamsDifferByPurposeStepAndSeed() {
    Seed seed = Seed.of(5);
    assertThat(
            java.util.List.of(
                seed.stream("a"), seed.stream("b"), seed.stream("a", 1), Seed.of(6).stream("a")))
        .doesNotHaveDuplicates();
    assertThat(seed.stream("a", 0)).isEqualTo(seed.stream("a"));
  }
}
