package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.Halves;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.kernel.Stencil;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/**
 * The clock here is a counter that calls move on, so nothing depends on how fast the machine is.
 */
class RehearsalTest {
  private static final long SLOW = 5_000;
  private static final long COMPILED = 200;

  /** A routine that is compiled after so many idle calls. */
  private static final class Routine {
    private final int compiledAfter;
    private int idle;
    private int little;
    private long now = 1;

    Routine(int compiledAfter) {
      this.compiledAfter = compiledAfter;
    }

    Rehearsal rehearsal() {
      LongSupplier clock = () -> now;
      return new Rehearsal(
          () -> idle++,
          () -> {
            little++;
            now += idle < compiledAfter ? SLOW : COMPILED;
          },
          clock);
    }
  }

  @Test
  void callsUntilTheRoutineIsCompiled() {
    Routine routine = new Routine(5_000);
    routine.rehearsal().await();
    assertThat(routine.idle).isBetween(5_000, 5_500);
    assertThat(routine.little).isBetween(200, 1_000);
  }

  @Test
  void whatIsCompiledIsNotCalledAgain() {
    Routine routine = new Routine(0);
    Rehearsal rehearsal = routine.rehearsal();
    rehearsal.await();
    int calls = routine.idle + routine.little;
    rehearsal.await();
    assertThat(routine.idle + routine.little).isEqualTo(calls);
  }

  @Test
  void aFirstCallMayBeSlow() {
    long[] now = {1};
    boolean[] cold = new boolean[1];
    Rehearsal rehearsal =
        new Rehearsal(
            () -> cold[0] = true,
            () -> {
              now[0] += cold[0] ? SLOW : COMPILED;
              cold[0] = false;
            },
            () -> now[0]);
    rehearsal.await();
    assertThat(now[0]).isLessThan(100 * SLOW);
  }

  @Test
  void endsThoughTheRoutineIsNeverCompiled() {
    long[] now = {1};
    Rehearsal rehearsal = new Rehearsal(() -> {}, () -> now[0] += 100_000_000, () -> now[0]);
    rehearsal.await();
    assertThat(now[0]).isGreaterThan(2_000_000_000L).isLessThan(8_000_000_000L);
  }

  @Test
  void rehearsesInTheBackgroundToo() {
    Routine first = new Routine(4_000);
    Routine second = new Routine(2_000);
    List<Rehearsal> both = List.of(first.rehearsal(), second.rehearsal());
    both.forEach(Rehearsal::begin);
    both.forEach(Rehearsal::await);
    assertThat(first.idle).isBetween(4_000, 5_000);
    assertThat(second.idle).isBetween(2_000, 3_000);
  }

  @Test
  void idleTilesTouchNothing() {
    float[] y = new float[6 * 4 * 16];
    Arrays.fill(y, 7);
    float[] before = y.clone();
    StencilSums stencil = new StencilSums();
    stencil.n = Tiles.IDLE;
    stencil.y = y;
    StencilTile.of(
            FloatVector.SPECIES_128, new StencilShape(3, 2, 4, 1, 16, Stencil.Begin.BIAS_OF_ROW))
        .run(stencil, 0);
    CorrelateSums correlation = new CorrelateSums();
    correlation.acc = y;
    CorrelateTile.of(FloatVector.SPECIES_128, new CorrelateShape(2, 3, false, 16, 0))
        .run(correlation, Tiles.IDLE);
    HalfSums halves = new HalfSums();
    halves.n = Tiles.IDLE;
    halves.y = y;
    HalfTile.of(FloatVector.SPECIES_128, HalfShape.ofSeveral(Halves.Format.F16))
        .run(halves, 0, 0, 0);
    assertThat(y).isEqualTo(before);
  }

  @Test
  void keepsTiles() {
    TileSet tiles = new TileSet(FloatVector.SPECIES_128, true);
    StencilTile tile = tiles.stencils(1, 16, Stencil.Begin.BIAS_OF_ROW).tile(2, 1);
    assertThat(tiles.stencils(1, 16, Stencil.Begin.BIAS_OF_ROW).tile(2, 1)).isSameAs(tile);
    assertThat(tiles.stencils(1, 16, Stencil.Begin.BIAS_OF_ROW).tile(1, 1)).isNotSameAs(tile);
    assertThat(tiles.stencils(1, 32, Stencil.Begin.BIAS_OF_ROW).tile(2, 1)).isNotSameAs(tile);
    assertThat(tiles.transpose()).isSameAs(tiles.transpose());
    assertThat(tiles.laneSum()).isSameAs(tiles.laneSum());
    CorrelateTile correlation = tiles.correlate(2, 3, false, 16, 0);
    assertThat(tiles.correlate(2, 3, false, 16, 0)).isSameAs(correlation);
    assertThat(tiles.correlate(2, 3, false, 16, 16)).isNotSameAs(correlation);
    assertThat(tiles.correlate(2, 3, true, 16, 0)).isNotSameAs(correlation);
  }

  @Test
  void handsLinearTilesOutOnlyWhenTheyAreCompiled() {
    LinearMap map = new LinearMap(new double[][] {{1, 2, 0}, {0, 1, -1}});
    TileSet rehearsing = new TileSet(FloatVector.SPECIES_128, true);
    assertThat(rehearsing.linear(map, LinearPass.Store.SET)).isNull();
    TileSet atOnce = new TileSet(FloatVector.SPECIES_128, false);
    assertThat(atOnce.linear(map, LinearPass.Store.SET)).isNotNull();
  }

  /** Calls from before to after the hand-over from the scalar routine to the compiled tile. */
  @Test
  void handingOverChangesNoBit() throws InterruptedException {
    LinearMap map = new LinearMap(new double[][] {{0.3, 2, -0.7}, {-1, 0.1, 1}});
    LinearPass pass = new LinearPass(map, LinearPass.Store.SET, 16, 16, 1, 0, 0, 0, 0);
    float[] x = new float[3 * 16];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) StrictMath.sin(i) / 3;
    }
    float[] expected = new float[2 * 16];
    new ScalarKernels().linear(pass, 1, x, 0, null, 0, 0, expected, 0);
    SimdKernels kernels = new SimdKernels();
    for (int call = 0; call < 200; call++) {
      float[] y = new float[2 * 16];
      kernels.linear(pass, 1, x, 0, null, 0, 0, y, 0);
      assertThat(y).isEqualTo(expected);
      Thread.sleep(call % 10 == 0 ? 10 : 0);
    }
  }
}
