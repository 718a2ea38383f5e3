package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings whose shards take steps of their own: by hand, and always the same bits. */
class LocalStepsTest {
  private static final Layer NORMALISED =
      Sequential.of(Flatten.of(), Linear.of(9), BatchNorm2d.of(), Dropout.of(0.2), Linear.of(3));

  private static final Dataset DATA = TinyImages.bars(130, 1);

  private static Model model() {
    return Model.of(NORMALISED, TinyImages.SHAPE, Initializer.kaimingNormal(), Seed.of(3));
  }

  /** Batches of 37, of which the last of an epoch has 19. */
  private static Recipe recipe(Optimizer optimizer, int shards, int steps) {
    return Recipe.of(optimizer)
        .batchSize(37)
        .epochs(2)
        .seed(Seed.of(5))
        .shards(shards)
        .localSteps(steps);
  }

  private static void run(TrainingSession session, long until) {
    while (session.step() < until) {
      session.advance();
    }
  }

  /** Each shard by plain gradients and updates, and their means in double precision. */
  @ParameterizedTest
  @CsvSource({"2, 3", "4, 2", "7, 5"})
  void isWhatCopiesOfTheNetworkComeToInTheMean(int shards, int steps) {
    Optimizer adam = Adam.of(0.01);
    Recipe whole = Recipe.of(adam).batchSize(37).seed(Seed.of(5));
    Model model = model();
    try (Compute compute = Compute.of(2)) {
      List<float[]> copies = new ArrayList<>();
      List<float[]> moments = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      double loss = 0;
      for (int shard = 0; shard < shards; shard++) {
        Shards cut = new Shards(shards);
        int size = cut.size(shard, 37);
        Model copy = model();
        PlanGradients gradients = PlanGradients.of(copy, whole, compute);
        ParameterUpdate update = new ParameterUpdate(copy, whole, compute.workers());
        BufferUpdate averages = new BufferUpdate(gradients);
        Batch batch = DatasetBatches.of(DATA, whole, copy).at(0);
        Shards parts = new Shards(steps);
        for (int part = 0; part < steps; part++) {
          int count = parts.size(part, size);
          int from = cut.from(shard, 37) + parts.from(part, size);
          loss += gradients.compute(batch, from, count, 0) * count / 37;
          update.apply(gradients.gradients(), 0.01, part);
          averages.apply(count);
        }
        copies.add(copy.parameters().values());
        moments.add(update.state().get("square").values());
        sizes.add(size);
      }
      TrainingSession session =
          new TrainingSession(model, recipe(adam, shards, steps), DATA, compute);
      assertThat(session.advance()).isCloseTo(loss, within(1e-6));
      TrainingState state = session.state();
      assertClose(state.parameters(), copies, sizes);
      assertClose(state.optimizer().get("square"), moments, sizes);
    }
  }

  private static void assertClose(Parameters got, List<float[]> copies, List<Integer> sizes) {
    for (int e = 0; e < got.values().length; e++) {
      double mean = 0;
      for (int c = 0; c < copies.size(); c++) {
        mean += copies.get(c)[e] * (double) sizes.get(c) / 37;
      }
      assertThat((double) got.values()[e]).isCloseTo(mean, within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 3", "7, 2", "7, 5", "25, 1"})
  void theSameBitsOnAnyThreadsInterruptedOrByMembers(int shards, int steps) {
    Recipe recipe = recipe(Adam.of(0.01), shards, steps);
    List<String> hashes = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3}) {
      try (Compute compute = Compute.of(threads)) {
        TrainingSession session = new TrainingSession(model(), recipe, DATA, compute);
        for (int until = 1; until <= session.course().totalSteps(); until++) {
          TrainingSession next = new TrainingSession(model(), recipe, DATA, compute);
          next.restore(session.state());
          run(next, until);
          session = next;
        }
        hashes.add(told(session));
        TrainingSession whole = new TrainingSession(model(), recipe, DATA, compute);
        run(whole, whole.course().totalSteps());
        hashes.add(told(whole));
      }
    }
    hashes.add(byMembers(recipe));
    assertThat(hashes).containsOnly(hashes.getFirst());
    assertThat(hashes).doesNotContain(whole(recipe.shards(shards - 1)));
  }

  private static String whole(Recipe recipe) {
    try (Compute compute = Compute.of(1)) {
      TrainingSession session = new TrainingSession(model(), recipe, DATA, compute);
      run(session, session.course().totalSteps());
      return told(session);
    }
  }

  private static String told(TrainingSession session) {
    TrainingState state = session.state();
    return state.parameters().hash()
        + state.optimizer().get("mean").hash()
        + state.optimizer().get("square").hash()
        + session.progress();
  }

  /** Three members of uneven parts, each with a copy of its own. */
  private static String byMembers(Recipe recipe) {
    Model model = model();
    try (Compute compute = Compute.of(1)) {
      List<ShardWork> works = new ArrayList<>();
      for (int m = 0; m < 3; m++) {
        works.add(ShardWork.of(model(), recipe, compute));
      }
      ShardSource members =
          new ShardSource() {
            private int[] bounds;
            private int size;

            @Override
            public void compute(ShardStep step, ShardTree sums) {
              size = step.batch().size();
              int parts = recipe.cut().of(size);
              bounds = new int[] {0, 1, parts / 2 + 1, parts};
              for (int m = 0; m < 3; m++) {
                Parameters own = works.get(m).numbers();
                float[] sent = step.numbers().values();
                System.arraycopy(sent, 0, own.values(), 0, sent.length);
                ShardTree tree = new ShardTree(own.layout(), compute.workers());
                tree.begin(parts);
                works
                    .get(m)
                    .compute(
                        new ShardStep(step.batch(), step.number(), step.rate(), own),
                        bounds[m],
                        bounds[m + 1],
                        tree);
                tree.sums().forEach(sums::node);
              }
            }

            @Override
            public void output(int example, float[] into) {
              for (int m = 0; m < 3; m++) {
                if (example >= recipe.cut().from(bounds[m], size)
                    && example < recipe.cut().from(bounds[m + 1], size)) {
                  works.get(m).output(example, into);
                }
              }
            }

            @Override
            public void release() {
              works.forEach(ShardWork::release);
            }
          };
      TrainingSession session =
          new TrainingSession(
              recipe,
              DatasetBatches.of(DATA, recipe, model),
              GradientSource.ofSteps(model, recipe, members, compute),
              compute);
      run(session, session.course().totalSteps());
      return told(session);
    }
  }

  /** One plain step each, averaged, is one step by the whole batch's gradient but for rounding. */
  @Test
  void oneStepOfDescentIsTheStepOfTheSum() {
    Recipe local = recipe(Sgd.of(0.1), 4, 1);
    Model one = TinyImages.model();
    Model other = TinyImages.model();
    try (Compute compute = Compute.of(1)) {
      new TrainingSession(one, local, DATA, compute).advance();
      Recipe summed = Recipe.of(Sgd.of(0.1)).batchSize(37).seed(Seed.of(5)).shards(4);
      new TrainingSession(other, summed, DATA, compute).advance();
    }
    for (int e = 0; e < one.parameters().values().length; e++) {
      assertThat(one.parameters().values()[e])
          .isCloseTo(other.parameters().values()[e], within(1e-6f));
    }
  }

  /** Sevenths of a number do not add up to it. */
  @Test
  void whatIsFrozenStaysToTheBit() {
    Recipe recipe = recipe(Sgd.of(0.1), 7, 2).rate("linear1.weight", 0);
    Model model = model();
    float[] before = model.parameters().get("linear1.weight");
    float[] others = model.parameters().get("linear2.weight");
    try (Compute compute = Compute.of(1)) {
      run(new TrainingSession(model, recipe, DATA, compute), 8);
    }
    assertThat(model.parameters().get("linear1.weight")).isEqualTo(before);
    assertThat(model.parameters().get("linear2.weight")).isNotEqualTo(others);
  }

  @Test
  void itLearns() {
    Model model = TinyImages.model();
    Recipe recipe = recipe(Sgd.of(0.05).momentum(0.9), 4, 3).epochs(20);
    Trainer.Result result = Trainer.of(model, Sgd.of(1)).recipe(recipe).threads(2).fit(DATA);
    assertThat(result.evaluate(TinyImages.bars(60, 2)).accuracy()).isGreaterThan(0.95);
  }

  @Test
  void aDivergenceChangesNothing() {
    Recipe recipe = recipe(Sgd.of(1e38), 4, 9);
    Model model = TinyImages.model();
    String before = model.parameters().hash();
    try (Compute compute = Compute.of(1)) {
      TrainingSession session = new TrainingSession(model, recipe, DATA, compute);
      assertThatThrownBy(session::advance)
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("It started in a local step after the first");
      assertThat(model.parameters().hash()).isEqualTo(before);
    }
  }

  @Test
  void whatIsNoLocalStepIsRefused() {
    Recipe plain = Recipe.of(Sgd.of(0.1)).batchSize(37);
    assertThatThrownBy(() -> plain.localSteps(2))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Local steps are those of a batch's shards, but this recipe cuts it into none: choose a number of shards of 2 or more");
    for (int steps : new int[] {0, 10}) {
      assertThatThrownBy(() -> plain.shards(4).localSteps(steps))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "The number of local steps expects 1 to the examples of a shard, 9, but got "
                  + steps);
    }
    assertThat(Map.of(plain.shards(4), 1)).doesNotContainKey(plain.shards(4).localSteps(1));
    try (Compute compute = Compute.of(1)) {
      Model model = TinyImages.model();
      Recipe local = plain.shards(4).localSteps(2);
      GradientSource sums = GradientSource.of(model, local, compute);
      assertThat(sums).isInstanceOf(ShardedGradients.class);
      assertThatThrownBy(() ->
              new TrainingSession(local, DatasetBatches.of(DATA, local, model), sums, compute))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("GradientSource.ofSteps");
    }
  }
}
