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
    System.arraycopy(frozen.array(entry), frozen.offset(entry), numbers, 0, numbers.length);
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
    float[] before = copy.array(LAYOUT.entry("weight"));
    copy.restore("weight", () -> new float[] {1, 2, 3, 4});
    float[] after = copy.array(LAYOUT.entry("weight"));
    assertThat(after).isNotSameAs(before).containsExactly(1, 2, 3, 4);
    assertThat(copy.array(LAYOUT.entry("weight"))).isSameAs(after);
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
  void aFormIsMadeOnce() {
    Frozen frozen = new Frozen(drawn());
    int[] made = new int[1];
    assertThat(frozen.<Integer>form("weight", "form", () -> ++made[0])).isEqualTo(1);
    assertThat(frozen.<Integer>form("weight", "form", () -> ++made[0])).isEqualTo(1);
    assertThat(frozen.<Integer>form("bias", "form", () -> ++made[0])).isEqualTo(2);
  }
}
