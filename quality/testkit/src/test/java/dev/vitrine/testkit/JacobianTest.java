package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.op.Adjoint;
import dev.vitrine.op.Call;
import dev.vitrine.op.CustomOp;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every op's Jacobian, entry by entry, at kinks too. */
class JacobianTest {
  @TestFactory
  Stream<DynamicTest> everyCase() {
    return CompletenessTest.cases().stream()
        .filter(c -> c.scope() != GraphCase.Scope.VALUES)
        .map(c ->
            DynamicTest.dynamicTest(
                c.name(), () -> assertThat(JacobianCheck.check(c, Seed.of(3))).isPositive()));
  }

  /** {@code y = (|x0|·x1, x1)}, whose derivative may be planted wrong. */
  private record Bent(double slope, double second) implements CustomOp {
    @Override
    public int arity() {
      return 1;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public void evaluate(Call call) {
      call.out()[0] = Math.abs(call.in(0)[0]) + call.in(0)[1] * call.in(0)[1];
      call.out()[1] = call.in(0)[1];
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(
          0,
          () -> {
            var g = a.ops();
            var first = g.constant(Shape.of(2), 1, 0);
            var factors = g.constant(Shape.of(2), slope, 0);
            var own = g.multiply(a.dy(), factors);
            var twice = g.scale(g.multiply(a.x(0), g.constant(Shape.of(2), 0, 1)), second);
            var spread = g.broadcast(g.sum(g.multiply(a.dy(), first), 0), Shape.of(2));
            return g.add(
                g.add(own, g.multiply(twice, spread)),
                g.multiply(a.dy(), g.constant(Shape.of(2), 0, 1)));
          });
    }
  }

  private static GraphCase bent(double slope, double second) {
    return GraphCase.kinked(
        "bent", g -> g.apply(new Bent(slope, second), g.input(Points.between(0, 0), 2)));
  }

  @Test
  void atAKinkAnySlopeBetweenBothSidesIsRightAndNoOther() {
    assertThat(JacobianCheck.check(bent(0.5, 2), Seed.of(1))).isEqualTo(16);
    assertThatThrownBy(() -> JacobianCheck.check(bent(1.5, 2), Seed.of(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("on the left")
        .hasMessageEndingWith("got 1.5");
  }

  @Test
  void awayFromKinksTheEntryMustBeTheSlope() {
    GraphCase right =
        GraphCase.of("bent", g -> g.apply(new Bent(1, 2), g.input(Points.between(1, 2), 2)));
    assertThat(JacobianCheck.check(right, Seed.of(1))).isEqualTo(16);
    GraphCase wrong =
        GraphCase.of("bent", g -> g.apply(new Bent(1, 1), g.input(Points.between(1, 2), 2)));
    assertThatThrownBy(() -> JacobianCheck.check(wrong, Seed.of(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("by differences");
  }
}
