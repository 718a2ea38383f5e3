package dev.vitrine.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {
  /** Checks what was found by itself alone; whether one unit does it. */
  private static boolean checked(Table table, Coding coding) {
    Finding finding = Finding.of(table, coding);
    finding.smallest().ifPresent(unit -> requireRight(unit, table, coding));
    finding.widest().ifPresent(unit -> requireRight(plain(unit), table, coding));
    finding.proof().ifPresent(proof -> requireProof(proof, table, coding));
    finding.madaline().ifPresent(madaline -> requireRight(madaline, table, coding));
    assertThat(finding.proof().isPresent()).isEqualTo(finding.madaline().isPresent());
    assertThat(finding.proof().isPresent()).isNotEqualTo(finding.smallest().isPresent());
    return finding.proof().isEmpty();
  }

  /** Up to the most rows there are, in moments: six minutes were not enough for and12 once. */
  @ParameterizedTest
  @ValueSource(strings = {"and12", "nor12", "majority11", "or10"})
  @Timeout(20)
  void aUnitIsFoundAmongManyRows(String function) {
    Table table = Table.parse(function);
    Finding finding = Finding.of(table, Coding.SIGNS);
    assertThat(finding.margin()).isEqualTo(Rational.ONE);
    requireRight(plain(finding.widest().orElseThrow()), table, Coding.SIGNS);
  }

  /** 2,048 ANDs are counted before the unit for each change turns out to be fewer. */
  @Test
  @Timeout(20)
  void aParityOfTwelveHasItsProofAndTwelveUnits() {
    Finding finding = Finding.of(Table.parse("xor12"), Coding.SIGNS);
    requireProof(finding.proof().orElseThrow(), finding.table(), Coding.SIGNS);
    assertThat(finding.madaline().orElseThrow().hidden()).hasSize(12);
  }

  /** A sum of twelve primes against 4, by the bits of its truth table alone. */
  @Test
  @Timeout(20)
  void aUnitOfTwelveDifferentWeightsIsFound() {
    int[] primes = {1, 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31};
    Table table =
        Table.of(
            12,
            row ->
                IntStream.range(0, 12)
                        .map(i -> (row >> (11 - i) & 1) == 1 ? primes[i] : -primes[i])
                        .sum()
                    > 4);
    requireRight(
        plain(Finding.of(table, Coding.SIGNS).widest().orElseThrow()), table, Coding.SIGNS);
  }

  private static Unit plain(Finding.Exact unit) {
    return new Unit(
        unit.bias().doubleValue(), unit.weights().stream().map(Rational::doubleValue).toList());
  }

  private static void requireRight(Unit unit, Table table, Coding coding) {
    for (int row = 0; row < table.rows(); row++) {
      double sum = unit.sum(table, row, coding);
      assertThat(Math.abs(sum)).isGreaterThan(1e-9);
      assertThat(sum > 0)
          .as("%s in row %s of %s", unit, row, table.bits())
          .isEqualTo(table.isTrue(row));
    }
  }

  private static void requireRight(Madaline madaline, Table table, Coding coding) {
    for (int row = 0; row < table.rows(); row++) {
      assertThat(madaline.isTrue(table, row, coding)).isEqualTo(table.isTrue(row));
    }
    Squash squash = coding == Coding.SIGNS ? Squash.SIGN : Squash.STEP;
    Neuron typed = Neuron.of(madaline.text(Finding.names(table.inputs())), squash, coding);
    if (typed.inputs().size() == table.inputs()) {
      assertThat(typed.table()).contains(table);
    }
  }

  private static void requireProof(Finding.Proof proof, Table table, Coding coding) {
    assertThat(proof.positives().keySet()).allMatch(table::isTrue);
    assertThat(proof.negatives().keySet()).noneMatch(table::isTrue);
    for (Map<Integer, Rational> shares : List.of(proof.positives(), proof.negatives())) {
      assertThat(shares.values()).allMatch(share -> share.signum() > 0);
      assertThat(shares.values().stream().reduce(Rational.ZERO, Rational::plus))
          .isEqualTo(Rational.ONE);
      for (int j = 0; j < table.inputs(); j++) {
        Rational mean = Rational.ZERO;
        for (Map.Entry<Integer, Rational> share : shares.entrySet()) {
          long x = coding.number(table.input(share.getKey(), j));
          mean = mean.plus(share.getValue().times(Rational.of(x)));
        }
        assertThat(mean).isEqualTo(proof.point().get(j));
      }
    }
  }

  private static Table table(int inputs, long bits) {
    return Table.of(inputs, row -> (bits >> row & 1) == 1);
  }

  @Test
  void allFunctionsOfTwoAndThreeInputs() {
    for (Coding coding : Coding.values()) {
      int two = 0;
      for (int bits = 0; bits < 16; bits++) {
        two += checked(table(2, bits), coding) ? 1 : 0;
      }
      assertThat(two).isEqualTo(14);
      int three = 0;
      for (int bits = 0; bits < 256; bits++) {
        three += checked(table(3, bits), coding) ? 1 : 0;
      }
      assertThat(three).isEqualTo(104);
    }
  }

  /** One of each class of functions that differ by order or negation of inputs, or as a whole. */
  @Test
  void ofFourInputs1882AreSeparable() {
    BitSet seen = new BitSet(1 << 16);
    List<int[]> orders = orders();
    int separable = 0;
    int classes = 0;
    for (int bits = 0; bits < 1 << 16; bits = seen.nextClearBit(bits)) {
      BitSet alike = new BitSet(1 << 16);
      for (int[] order : orders) {
        for (int negated = 0; negated < 16; negated++) {
          int other = turned(bits, order, negated);
          alike.set(other);
          alike.set(~other & 0xffff);
        }
      }
      seen.or(alike);
      classes++;
      separable += checked(table(4, bits), Coding.SIGNS) ? alike.cardinality() : 0;
    }
    assertThat(classes).isEqualTo(222);
    assertThat(separable).isEqualTo(1882);
  }

  private static int turned(int bits, int[] order, int negated) {
    int turned = 0;
    for (int row = 0; row < 16; row++) {
      int from = 0;
      for (int i = 0; i < 4; i++) {
        from |= (row >> i & 1) << order[i];
      }
      turned |= (bits >> (from ^ negated) & 1) << row;
    }
    return turned;
  }

  private static List<int[]> orders() {
    List<int[]> orders = new ArrayList<>();
    for (int code = 0; code < 256; code++) {
      int[] order = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
      if ((1 << order[0] | 1 << order[1] | 1 << order[2] | 1 << order[3]) == 15) {
        orders.add(order);
      }
    }
    return orders;
  }

  @Test
  void largeTablesTakeAFewRowsAtATime() {
    assertThat(Finding.of(Table.parse("majority11"), Coding.SIGNS).margin())
        .isEqualTo(Rational.ONE);
    Finding parity = Finding.of(Table.parse("parity10"), Coding.BITS);
    requireProof(parity.proof().orElseThrow(), parity.table(), Coding.BITS);
    assertThat(parity.madaline().orElseThrow().hidden()).hasSize(10);
  }

  @Test
  void publishedUnits() {
    assertThat(Finding.of(Table.parse("nor"), Coding.SIGNS).smallest())
        .contains(new Unit(-1, List.of(-1.0, -1.0)));
    assertThat(Finding.of(Table.parse("majority"), Coding.SIGNS).smallest())
        .contains(new Unit(0, List.of(1.0, 1.0, 1.0)));
    assertThat(Finding.of(Table.parse("and"), Coding.BITS).smallest())
        .contains(new Unit(-1.5, List.of(1.0, 1.0)));
    Finding xor = Finding.of(Table.parse("xor"), Coding.SIGNS);
    assertThat(xor.proof().orElseThrow().point()).containsExactly(Rational.ZERO, Rational.ZERO);
    assertThat(xor.madaline().orElseThrow().text(List.of("x1", "x2")))
        .isEqualTo("h1 = -1 + x1 - x2; h2 = -1 - x1 + x2; y = 1 + h1 + h2");
    assertThat(NeuronText.text(xor))
        .contains("of true rows   1/2·(−1, 1) + 1/2·(1, −1)")
        .contains("of false rows  1/2·(−1, −1) + 1/2·(1, 1)");
  }

  @Test
  void badInputIsRefused() {
    refuse("xorr", "Unknown function \"xorr\"; did you mean \"xor\"?");
    refuse(
        "011", "The bits of a truth table are 2, 4, 8 … up to 4,096, one a row, but \"011\" has 3");
    refuse(
        "majority4", "A majority has an odd number of inputs, but got 4: two halves would be none");
    refuse("parity13", "A truth table has 1 to 12 inputs, but there are 13: leave some out");
  }

  private static void refuse(String text, String sentence) {
    assertThatThrownBy(() -> Table.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }
}
