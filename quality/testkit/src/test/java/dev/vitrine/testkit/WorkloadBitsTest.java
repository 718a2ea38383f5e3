package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.simd.SimdProvider;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.optim.Adam;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import dev.vitrine.run.Checkpoint;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.SyntheticImages;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.Workloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same bits: {@value #STEPS} steps of every workload and of networks of every op give the same
 * parameters on every width of vectors and the scalar kernels, on 1, 2, 3 and 5 threads, whole or
 * interrupted. The first course runs whole; the others stop in between, write a checkpoint, and go
 * on from its bytes in a new session on other threads. Batches are small and odd, so that blocks of
 * 16 lanes are partly filled, and the last batch of each epoch is smaller still.
 *
 * <p>W2 to W5 run one course through all kernels, with some steps of the scalar ones in between;
 * {@code -Dvitrine.bits=all} gives them the courses of the others too (another two minutes).
 *
 * <p>{@code workload-bits.txt} pins one hash for each, the same on every machine. After a change
 * that is meant to change them (another order of sums, say) this command writes it anew:
 *
 * <pre>{@code ./mvnw -pl quality/testkit -am test -Dtest=WorkloadBitsTest \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dvitrine.golden=write}</pre>
 */
class WorkloadBitsTest {
  static final int STEPS = 200;

  private static final Path GOLDEN = Path.of("src", "test", "resources", "workload-bits.txt");
  private static final String REGENERATE =
      "if the change is meant: ./mvnw -pl quality/testkit -am test -Dtest=WorkloadBitsTest -Dsurefire.failIfNoSpecifiedTests=false -Dvitrine.golden=write";

  /** Not W6, which is too large for so many steps; its ops are in {@link EveryNorm}. */
  private static final Map<String, Integer> BATCH =
      Map.of("W1", 63, "W2", 33, "W3", 17, "W4", 13, "W5", 19);

  private static final Set<String> LARGE = Set.of("W2", "W3", "W4", "W5");

  /** A stretch of a training on one engine, up to a number of steps. */
  private record Leg(Oracle.Engine on, int until) {}

  private static final Leg WHOLE = leg(512, 1, STEPS);

  private static final List<List<Leg>> COURSES =
      List.of(
          List.of(leg(512, 2, 40), leg(512, 3, 120), leg(512, 5, STEPS)),
          List.of(leg(256, 2, 67), leg(256, 5, STEPS)),
          List.of(leg(128, 3, 133), leg(128, 1, STEPS)),
          List.of(leg(0, 5, 31), leg(0, 2, STEPS)));

  private static final List<List<Leg>> SHORT_COURSES =
      List.of(
          List.of(
              leg(512, 2, 40),
              leg(0, 3, 45),
              leg(256, 5, 90),
              leg(0, 5, 95),
              leg(128, 2, 130),
              leg(512, 3, 195),
              leg(0, 2, STEPS)));

  @TempDir private Path folder;

  /** Vectors no wider than this machine's: wider ones would be emulated. */
  private static Leg leg(int bits, int threads, int until) {
    Kernels kernels =
        bits == 0
            ? Engines.SCALAR.kernels()
            : SimdProvider.ofWidth(Math.min(bits, SimdProvider.preferredBits()));
    return new Leg(new Oracle.Engine(kernels, threads), until);
  }

  static Stream<Workload> workloads() {
    NetworkSpec spec = new NetworkSpec("every-op", "every op", EveryOp.IMAGE, new EveryOp());
    NetworkSpec norms = new NetworkSpec("every-norm", "every norm", EveryOp.IMAGE, new EveryNorm());
    Recipe recipe = Recipe.of(Adam.of(1e-3).weightDecay(1e-4)).batchSize(19).seed(Seed.of(42));
    Stream<Workload> named =
        Workloads.ALL.stream()
            .filter(w -> BATCH.containsKey(w.id()))
            .map(w -> new Workload(w.id(), w.network(), w.recipe().batchSize(BATCH.get(w.id()))));
    NetworkSpec later = new NetworkSpec("later-ops", "later ops", EveryOp.IMAGE, new LaterOps());
    NetworkSpec gelus = new NetworkSpec("gelu-forms", "GELU", EveryOp.IMAGE, new GeluForms());
    NetworkSpec grids = new NetworkSpec("grid-forms", "grids", EveryOp.IMAGE, new GridForms());
    NetworkSpec windows =
        new NetworkSpec("unequal-windows", "windows", EveryOp.IMAGE, new UnequalWindows());
    Stream<Workload> ops =
        Stream.of(spec, later, norms, gelus, grids, windows)
            .map(s -> new Workload(s.name(), s, recipe.epochs(Integer.MAX_VALUE)));
    return Stream.concat(named, ops);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void parametersAreTheSameBits(Workload workload) {
    Dataset data = data(workload);
    String start = workload.model().parameters().hash();
    String expected = train(workload, data, List.of(WHOLE));
    assertThat(expected).as("that %s trains at all", workload.id()).isNotEqualTo(start);
    for (List<Leg> course : courses(workload)) {
      assertThat(train(workload, data, course))
          .as("%s on %s, as against %s", workload, course, WHOLE)
          .isEqualTo(expected);
    }
    compareWithGolden(workload.id(), expected);
  }

  private static List<List<Leg>> courses(Workload workload) {
    boolean all = "all".equals(System.getProperty("vitrine.bits"));
    return LARGE.contains(workload.id()) && !all ? SHORT_COURSES : COURSES;
  }

  /** An epoch of 32 whole batches and one of five examples. */
  private static Dataset data(Workload workload) {
    int examples = 32 * workload.recipe().batchSize() + 5;
    return SyntheticImages.of(workload.network().input(), examples, Seed.of(7));
  }

  /** Trains leg by leg, through a checkpoint's bytes from each to the next. */
  private String train(Workload workload, Dataset data, List<Leg> course) {
    Path file = folder.resolve("checkpoint.safetensors");
    Model model = null;
    for (Leg leg : course) {
      model = workload.model();
      Workers team = new Workers(leg.on.threads());
      try (Compute compute = new Compute(leg.on.kernels(), team)) {
        TrainingSession session = new TrainingSession(model, workload.recipe(), data, compute);
        if (leg != course.getFirst()) {
          List<String> arrays = workload.recipe().optimizer().state();
          session.restore(Checkpoint.read(file, model, arrays));
        }
        while (session.step() < leg.until) {
          session.advance();
        }
        Checkpoint.write(file, session.state(), Map.of());
      }
    }
    return model.parameters().hash();
  }

  private static void compareWithGolden(String id, String hash) {
    List<String> lines = new ArrayList<>(golden());
    String line = "%s %s %s".formatted(id, STEPS, hash);
    if ("write".equals(System.getProperty("vitrine.golden"))) {
      lines.removeIf(old -> old.startsWith(id + " "));
      lines.add(line);
      write(lines.stream().sorted().collect(Collectors.joining("\n", "", "\n")));
    } else {
      assertThat(lines).as("%s in %s; %s", id, GOLDEN.getFileName(), REGENERATE).contains(line);
    }
  }

  private static List<String> golden() {
    try {
      return Files.exists(GOLDEN) ? Files.readAllLines(GOLDEN) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(String text) {
    try {
      Files.writeString(GOLDEN, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
