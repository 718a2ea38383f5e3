package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.plan.steps.Padding;
import dev.vitrine.plan.steps.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A convolution's tasks. A tile is four pixels of one block of examples, two pixels of two, or one
 * pixel of four: neighbouring pixels share what they read, but must compute each other's taps at
 * the image's edge; one pixel of several blocks computes only its own. The planner takes what
 * leaves the fewest taps, and among equals the fewest blocks. Blocks that do not fill a group are
 * done by themselves.
 */
final class BlockTiles {
  /** Tiles a task: enough tasks for many threads, and enough work to be worth one. */
  private static final int CHUNK = 12;

  /** A part of the work: tiles {@code from … to − 1} of a stencil, at a block. */
  record Task(Stencil stencil, int block, int from, int to) {}

  /** Makes the tables for tiles over a number of blocks. */
  interface Tables {
    ConvolutionTables over(int blocks);

    /** The same tables, made once for each number of blocks. */
    default Tables remembered() {
      Map<Integer, ConvolutionTables> made = new HashMap<>();
      return blocks -> made.computeIfAbsent(blocks, this::over);
    }
  }

  private final List<Task> tasks;

  /** For each number of blocks in a batch, how many of the tasks it needs. */
  private final int[] needed;

  private BlockTiles(List<Task> tasks, int[] needed) {
    this.tasks = tasks;
    this.needed = needed;
  }

  static BlockTiles of(
      int maxBlocks, Tables choice, Function<ConvolutionTables, Stencil> stencils) {
    Tables tables = choice.remembered();
    int span = span(maxBlocks, tables);
    Stencil grouped = stencils.apply(tables.over(span));
    Stencil single = maxBlocks % span == 0 ? grouped : stencils.apply(tables.over(1));
    List<Task> tasks = new ArrayList<>();
    int[] needed = new int[maxBlocks + 1];
    int block = 0;
    while (block < maxBlocks) {
      int step = maxBlocks - block >= span ? span : 1;
      Stencil stencil = step == span ? grouped : single;
      for (int from = 0; from < stencil.tiles(); from += CHUNK) {
        tasks.add(new Task(stencil, block, from, Math.min(from + CHUNK, stencil.tiles())));
      }
      for (int i = 1; i <= step; i++) {
        needed[block + i] = tasks.size();
      }
      block += step;
    }
    return new BlockTiles(tasks, needed);
  }

  /** The border that all tiles may reach into. */
  static Padding padding(int maxBlocks, Tables tables, int channels) {
    int span = span(maxBlocks, tables);
    Padding grouped = tables.over(span).padding(channels);
    return maxBlocks % span == 0 ? grouped : grouped.union(tables.over(1).padding(channels));
  }

  private static int span(int maxBlocks, Tables tables) {
    int best = 1;
    double least = tables.over(1).cost();
    for (int span = 2; span <= Math.min(Stencil.TILE, maxBlocks); span *= 2) {
      double cost = tables.over(span).cost();
      if (cost < 0.97 * least) {
        best = span;
        least = cost;
      }
    }
    return best;
  }

  /** Announces the sums of so many terms. */
  void announce(Kernels kernels, Rows rows, int terms) {
    for (Stencil stencil : tasks.stream().map(Task::stencil).distinct().toList()) {
      rows.counts().forEach(count -> kernels.expect(stencil, count, terms));
    }
  }

  /** Tasks for a batch of so many blocks. */
  int tasks(int blocks) {
    return needed[blocks];
  }

  Task task(int number) {
    return tasks.get(number);
  }
}
