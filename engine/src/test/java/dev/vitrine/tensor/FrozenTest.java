package dev.vitrine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FrozenTest {
  private static final Layout LAYOUT =
      Layout.of(Map.of("weight", Shape.of(2, 2), "bias", Shape.of(2)));

  private static Parameters drawn() {
    Parameters parameters = Parameters.zeros(LAYOUT);
    parameters.set("weight", new float[] {1, 2, 3, 4});
    parameters.set("bias", new float[] {5, 6});
    return parameters;
  }

  private static float[] read(Frozen frozen, String name) {
    Layout.Entry entry = LAYOUT.entry(name);
    float[] numbers = new float[entry.shape().elements()];
    Frozen.Place place = frozen.place(entry);
    System.arraycopy(place.array(), place.offset(), numbers, 0, numbers.length);
    return numbers;
  }

  @Test
  void aCopyHasTheNumbersOfItsMoment() {
    Parameters parameters = drawn();
    Frozen copy = Frozen.copyOf(parameters);
    Frozen same = new Frozen(parameters);
    parameters.set("bias", new float[] {7, 8});
    assertThat(read(copy, "weight")).containsExactly(1, 2, 3, 4);
    assertThat(read(copy, "bias")).containsExactly(5, 6);
    assertThat(read(same, "bias")).containsExactly(7, 8);
    assertThat(same.isOf(parameters)).isTrue();
    assertThat(copy.isOf(parameters)).isFalse();
  }

  /** The array itself is let go: the numbers come out of the other form from then on. */
  @Test
  void whatAnotherFormGivesBackIsNotKept() {
    Frozen copy = Frozen.copyOf(drawn());
    float[] before = copy.place(LAYOUT.entry("weight")).array();
    copy.restore("weight", () -> new float[] {1, 2, 3, 4});
    float[] after = copy.place(LAYOUT.entry("weight")).array();
    assertThat(after).isNotSameAs(before).containsExactly(1, 2, 3, 4);
    assertThat(copy.place(LAYOUT.entry("weight")).array()).isSameAs(after);
    assertThat(read(copy, "bias")).containsExactly(5, 6);
  }

  /** Numbers that are somebody else's stay where they are. */
  @Test
  void whatIsNotItsOwnStays() {
    Parameters parameters = drawn();
    Frozen frozen = new Frozen(parameters);
    frozen.restore("weight", () -> new float[4]);
    assertThat(read(frozen, "weight")).containsExactly(1, 2, 3, 4);
  }

  @Test
  void takenNumbersAreTurnedWhereTheyLie() {
    Parameters parameters = drawn();
    Frozen frozen = Frozen.taking(parameters);
    assertThat(frozen.<Float>read("weight", at -> at.array()[at.offset()])).isEqualTo(1);
    Frozen.Place turned = frozen.turn("weight", FrozenTest::negate, FrozenTest::negated).get();
    assertThat(turned.array()).isSameAs(parameters.values());
    assertThat(turned.array()[turned.offset() + 3]).isEqualTo(-4);
    assertThat(read(frozen, "weight")).containsExactly(1, 2, 3, 4);
    assertThat(read(frozen, "bias")).containsExactly(5, 6);
    assertThat(frozen.turn("weight", FrozenTest::negate, FrozenTest::negated)).isEmpty();
  }

  /** A plan that was told where numbers lie reads them there for as long as it is. */
  @Test
  void numbersThatSomebodyReadsStayAsTheyAre() {
    Frozen copy = Frozen.copyOf(drawn());
    Frozen.Place told = copy.place(LAYOUT.entry("weight"));
    assertThat(copy.turn("weight", FrozenTest::negate, FrozenTest::negated)).isEmpty();
    assertThat(told.array()).containsExactly(1, 2, 3, 4);
    Parameters others = drawn();
    assertThat(new Frozen(others).turn("bias", FrozenTest::negate, FrozenTest::negated)).isEmpty();
    assertThat(others.get("bias")).containsExactly(5, 6);
  }

  private static void negate(Frozen.Place at) {
    for (int i = at.offset(); i < at.offset() + 4; i++) {
      at.array()[i] = -at.array()[i];
    }
  }

  private static float[] negated(Frozen.Place at) {
    float[] numbers = new float[4];
    for (int i = 0; i < 4; i++) {
      numbers[i] = -at.array()[at.offset() + i];
    }
    return numbers;
  }

  @Test
  void aFormIsMadeOnce() {
    Frozen frozen = new Frozen(drawn());
    int[] made = new int[1];
    assertThat(frozen.<Integer>form("weight", "form", () -> ++made[0])).isEqualTo(1);
    assertThat(frozen.<Integer>form("weight", "form", () -> ++made[0])).isEqualTo(1);
    assertThat(frozen.<Integer>form("bias", "form", () -> ++made[0])).isEqualTo(2);
  }
}
