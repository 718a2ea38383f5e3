package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One tree, whoever sums which part of it. */
class ShardTreeTest {
  private static final Layout LAYOUT = Layout.of(Map.of("w", Shape.of(37)));

  private static Parameters leaf(int shard) {
    RandomStream random = Seed.of(shard).stream("leaf");
    Parameters values = Parameters.zeros(LAYOUT);
    for (int e = 0; e < values.values().length; e++) {
      values.values()[e] = (float) (random.uniform(e) - 0.5);
    }
    return values;
  }

  private static double share(int shard, int shards) {
    return (shard + 1.0) / (shards * (shards + 1) / 2.0);
  }

  /** The tree as one would write it down. */
  private static float node(int from, int to, int shards, int element) {
    if (to - from == 1) {
      return (float) (share(from, shards) * leaf(from).values()[element]);
    }
    int half = Integer.highestOneBit(to - from - 1);
    return node(from, from + half, shards, element) + node(from + half, to, shards, element);
  }

  private static void add(ShardTree tree, int from, int to, int shards) {
    for (int shard = from; shard < to; shard++) {
      tree.shard(shard, share(shard, shards), 1 + shard, leaf(shard));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17})
  void stretchesOfAnyCutSumToTheSameBits(int shards) {
    try (Workers workers = new Workers(2)) {
      ShardTree whole = new ShardTree(LAYOUT, workers);
      whole.begin(shards);
      add(whole, 0, shards, shards);
      for (int e = 0; e < LAYOUT.entry("w").shape().elements(); e++) {
        assertThat(whole.root().values().get("w")[e]).isEqualTo(node(0, shards, shards, e));
      }
      String hash = whole.root().values().hash();
      double loss = whole.root().loss();
      for (int cut = 0; cut < 40; cut++) {
        ShardTree hub = new ShardTree(LAYOUT, workers);
        hub.begin(shards);
        for (ShardSum sum : summedApart(shards, cut, workers)) {
          hub.node(sum);
        }
        assertThat(hub.root().values().hash()).as("cut %s", cut).isEqualTo(hash);
        assertThat(hub.root().loss()).isEqualTo(loss);
      }
    }
  }

  /** By members who have stretches of random lengths, from left to right. */
  private static List<ShardSum> summedApart(int shards, int cut, Workers workers) {
    RandomStream random = Seed.of(cut).stream("cut");
    List<ShardSum> all = new ArrayList<>();
    int from = 0;
    while (from < shards) {
      int to = Math.min(shards, from + 1 + (int) (random.uniform(from) * shards));
      ShardTree member = new ShardTree(LAYOUT, workers);
      member.begin(shards);
      add(member, from, to, shards);
      all.addAll(member.sums());
      from = to;
    }
    return all;
  }

  @Test
  void aMembersAlignedStretchIsOneSum() {
    try (Workers workers = new Workers(1)) {
      ShardTree tree = new ShardTree(LAYOUT, workers);
      tree.begin(7);
      add(tree, 4, 7, 7);
      assertThat(tree.sums()).hasSize(1);
      assertThat(tree.sums().getFirst().from()).isEqualTo(4);
      assertThatThrownBy(tree::root).hasMessageContaining("expects all of them to be added first");
      assertThatThrownBy(() -> tree.shard(5, 1, 0, leaf(5)))
          .hasMessageContaining("expects the next");
    }
  }

  @Test
  void itHoldsAsManyArraysAsItSays() {
    for (int shards = 2; shards < 40; shards++) {
      int most = 0;
      int waiting = 0;
      for (int added = 1; added <= shards; added++) {
        most = Math.max(most, waiting + 1); // the newest, before it is known what it completes
        waiting = Integer.bitCount(added);
      }
      assertThat(new Shards(shards).arrays()).isBetween(most, most + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 10, 3 3 2 2", "4, 8, 2 2 2 2", "7, 64, 10 9 9 9 9 9 9", "4, 3, 1 1 1", "1, 5, 5"})
  void aBatchIsCutEvenlyWithTheSmallerOnesLast(int count, int examples, String sizes) {
    Shards shards = new Shards(count);
    List<String> got = new ArrayList<>();
    int next = 0;
    for (int shard = 0; shard < shards.of(examples); shard++) {
      assertThat(shards.from(shard, examples)).isEqualTo(next);
      next += shards.size(shard, examples);
      got.add(Integer.toString(shards.size(shard, examples)));
    }
    assertThat(String.join(" ", got)).isEqualTo(sizes);
    assertThat(next).isEqualTo(examples);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 9})
  void aRecipeRefusesMoreShardsThanExamples(int shards) {
    Recipe recipe = Recipe.of(Sgd.of(0.1)).batchSize(8);
    assertThatThrownBy(() -> recipe.shards(shards))
        .isInstanceOf(UserException.class)
        .hasMessage("The number of shards expects 1 to the batch size, 8, but got " + shards);
    assertThat(recipe.shards(1)).isEqualTo(recipe);
  }
}
