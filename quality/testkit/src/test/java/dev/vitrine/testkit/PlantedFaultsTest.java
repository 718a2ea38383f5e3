package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Adjoint;
import dev.vitrine.op.Call;
import dev.vitrine.op.CustomOp;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks find what they are there to find. */
class PlantedFaultsTest {
  @ParameterizedTest
  @EnumSource
  void theGradientCheckFindsSlips(Neighbours.Slip slip) {
    GraphCase c = GraphCase.of("neighbours", g -> g.apply(new Neighbours(slip), g.input(7)));
    if (slip == Neighbours.Slip.NONE) {
      assertThat(GradientCheck.check(c, Seed.of(1))).isEqualTo(14);
    } else {
      assertThatThrownBy(() -> GradientCheck.check(c, Seed.of(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith(
              "neighbours: the gradient of Neighbours[slip=%s] with respect to input 'x0', example 0, element"
                  .formatted(slip))
          .hasMessageContaining("by central differences, got");
    }
  }

  @Test
  void theGradientCheckFindsAGradientThatIsMissing() {
    GraphCase c =
        GraphCase.of("place", g -> g.multiply(g.input(3), g.apply(new Lost(), g.input(3))));
    assertThatThrownBy(() -> GradientCheck.check(c, Seed.of(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Lost[]")
        .hasMessageEndingWith("got 0.0");
  }

  /** {@code y = 2x}, its derivative forgotten. */
  private record Lost() implements CustomOp {
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
      for (int k = 0; k < call.out().length; k++) {
        call.out()[k] = 2 * call.in(0)[k];
      }
    }

    @Override
    public void gradient(Adjoint a) {
      // Forgotten.
    }
  }

  /** Large enough for Winograd's tiles, and for a weight gradient to add up its blocks in turns. */
  private static GraphCase network() {
    return GraphCase.of(
        "network",
        g ->
            g.layer(
                Sequential.of(
                    Conv2d.of(5, 3),
                    Activation.relu(),
                    MaxPool2d.of(2),
                    Activation.tanh(),
                    Conv2d.of(16, 1),
                    Conv2d.of(16, 5).padding(4),
                    AvgPool2d.of(2),
                    Flatten.of(),
                    Linear.of(7),
                    Activation.sigmoid(),
                    Linear.of(3)),
                g.input(2, 12, 13)));
  }

  @ParameterizedTest
  @EnumSource
  void theOracleFindsFaultyKernels(FaultyKernels.Fault fault) {
    Oracle.Engine faulty = new Oracle.Engine(new FaultyKernels(Engines.SCALAR.kernels(), fault), 1);
    try (Oracle alone = new Oracle(List.of(faulty));
        Oracle second = new Oracle(List.of(Engines.SCALAR, faulty))) {
      if (fault == FaultyKernels.Fault.NONE) {
        assertThat(second.check(network(), Seed.of(1), Oracle.Size.of(35))).isPositive();
        return;
      }
      assertThatThrownBy(() -> second.check(network(), Seed.of(1), Oracle.Size.of(35)))
          .as("as a second engine")
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(fault.toString());
      if (fault == FaultyKernels.Fault.OTHER_ORDER) {
        assertThatCode(() -> alone.check(network(), Seed.of(1), Oracle.Size.of(35)))
            .as("only the bits are wrong")
            .doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> alone.check(network(), Seed.of(1), Oracle.Size.of(35)))
            .as("alone")
            .isInstanceOf(AssertionError.class);
      }
    }
  }

  /** An op that differs in the plan: in a batch's empty lanes, where no example is. */
  private record LeakyLanes() implements CustomOp {
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
      boolean exists = call.example().index() < call.example().batchSize();
      for (int k = 0; k < call.out().length; k++) {
        call.out()[k] = exists ? call.in(0)[k] : 1;
      }
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, () -> a.ops().apply(new LeakyLanes(), a.dy()));
    }
  }

  @Test
  void theOracleFindsNumbersInEmptyLanes() {
    GraphCase c =
        GraphCase.of(
            "leak", g -> g.apply(new LeakyLanes(), g.layer(Conv2d.of(3, 2), g.input(1, 4, 4))));
    try (Oracle oracle = new Oracle(List.of(Engines.SCALAR))) {
      assertThat(oracle.check(c, Seed.of(1), Oracle.Size.of(16))).isPositive();
      assertThatThrownBy(() -> oracle.check(c, Seed.of(1), Oracle.Size.of(3)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("gradient of weight");
    }
  }
}
