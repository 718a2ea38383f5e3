package dev.vitrine.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import dev.vitrine.summary.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Random layers of every kind with random options, sensible ones for the most part: what is refused
 * is refused in one short line; what is accepted is counted, written and read again, and, if it is
 * small, planned and run. {@code -Dvitrine.networks=1000000} tries more of them, {@code
 * -Dvitrine.networks.from=N} from the Nth on.
 */
class RandomNetworkTest {
  private static final long CASES = Long.getLong("vitrine.networks", 3000);
  private static final long FROM = Long.getLong("vitrine.networks.from", 0);
  private static final int LONGEST = 300;

  /** Parameters and activations that are quickly run. */
  private static final long SMALL = 20_000;

  private static final List<Object> ODD =
      Collections.unmodifiableList(
          new ArrayList<>(
              Arrays.asList(
                  null,
                  0,
                  -1,
                  1 << 16,
                  1 << 20,
                  Integer.MAX_VALUE,
                  Integer.MAX_VALUE - 8,
                  Long.MAX_VALUE,
                  0.5,
                  1e300,
                  "a\nb\u001b",
                  "x".repeat(400),
                  List.of(),
                  List.of(1, 2, 3),
                  List.of(1, 1 << 30),
                  List.of(1 << 30, 1 << 30),
                  List.of(0, "y"),
                  Map.of("relu", 1),
                  true)));

  private final Workers alone = new Workers(1);
  private Random random;
  private int refused;
  private int run;

  @Test
  void whatIsAcceptedCanBeBuilt() {
    for (long number = FROM; number < FROM + CASES; number++) {
      random = new Random(number);
      String text = Json.line(network());
      try {
        check(text);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Network %s: %s".formatted(number, text), e);
      }
    }
    alone.close();
    assertThat(refused).isBetween((int) (CASES / 4), (int) (CASES * 3 / 4));
    assertThat(run).isGreaterThan((int) (CASES / 8));
    System.out.printf(Locale.ROOT, "%d networks: %d refused, %d run%n", CASES, refused, run);
  }

  private void check(String text) {
    NetworkSpec network;
    try {
      network = NetworkFile.parse(Json.parse(text, "net.json"));
    } catch (UserException e) {
      refused++;
      requireShort(e);
      return;
    }
    Summary summary = Summary.of(network.layers(), network.input());
    assertThat(summary.rows()).allSatisfy(row -> assertThat(row.parameters()).isNotNegative());
    assertThat(summary.macs()).isNotNegative();
    String again = NetworkFile.text(network);
    assertThat(NetworkFile.parse(Json.parse(again, "again.json"))).isEqualTo(network);
    long activations = summary.rows().stream().mapToLong(Summary.Row::activationBytes).sum() / 4;
    if (summary.parameters() + activations + network.input().elements() < SMALL) {
      try {
        run(network);
        run++;
      } catch (UserException e) {
        requireShort(e);
      }
    }
  }

  private static void requireShort(UserException e) {
    assertThat(e.getMessage())
        .isEqualTo(Quote.line(e.getMessage()))
        .hasSizeLessThanOrEqualTo(LONGEST);
  }

  private void run(NetworkSpec network) {
    Model model =
        Model.of(network.layers(), network.input(), Initializer.leCunUniform(), Seed.of(1));
    Model.Network forward = model.inference();
    Plan plan =
        Planner.of(forward.graph(), model.parameters())
            .outputs(forward.output())
            .plan(KernelChoice.best().kernels(), alone);
    plan.input(Model.INPUT, 0, new float[network.input().elements()]);
    plan.run(1, 0, Seed.of(1));
  }

  private Map<String, Object> network() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", "net");
    fields.put(
        "input",
        chance(4)
            ? List.of(1 + random.nextInt(60))
            : chance(40)
                ? odd()
                : List.of(1 + random.nextInt(4), 1 + random.nextInt(12), 1 + random.nextInt(12)));
    fields.put("layers", part(2));
    return fields;
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private Object odd() {
    return ODD.get(random.nextInt(ODD.size()));
  }

  /** A list of layers, or one. */
  private Object part(int depth) {
    if (chance(5)) {
      return layer(depth);
    }
    List<Object> layers = new ArrayList<>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      layers.add(layer(depth));
    }
    return layers;
  }

  private Object layer(int depth) {
    List<LayerKind<?>> kinds = List.copyOf(LayerKinds.ALL.values());
    LayerKind<?> kind = kinds.get(random.nextInt(kinds.size()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(kind.name(), chance(40) ? odd() : main(kind.name(), depth));
    for (String option : new TreeSet<>(kind.optionNames())) {
      if (chance(3) || option.equals("to")) {
        fields.put(option, chance(30) ? odd() : option(option, depth));
      }
    }
    if (chance(6)) {
      fields.put("name", chance(20) ? odd() : "layer " + random.nextInt(5));
    }
    return fields;
  }

  private Object main(String kind, int depth) {
    return switch (kind) {
      case "conv2d", "convtranspose2d", "linear" -> 1 + random.nextInt(6);
      case "maxpool2d", "avgpool2d", "adaptiveavgpool2d" -> pair(1, 3);
      case "lrn" -> 1 + random.nextInt(5);
      case "dropout", "dropout2d", "leaky_relu", "elu" -> random.nextDouble();
      case "clip" -> List.of(chance(3) ? "-Infinity" : -1, random.nextDouble());
      case "permute" -> {
        List<Integer> axes = new ArrayList<>(List.of(0, 1, 2));
        Collections.shuffle(axes, random);
        yield axes;
      }
      case "slice" -> random.nextInt(2);
      case "zeropad2d" -> sides();
      case "residual", "auxiliary", "sequential" -> depth == 0 ? List.of("relu") : part(depth - 1);
      case "parallel" ->
          depth == 0 ? List.of("tanh", "relu") : List.of(part(depth - 1), part(depth - 1));
      default -> true;
    };
  }

  private Object option(String option, int depth) {
    return switch (option) {
      case "kernel", "stride", "dilation" -> pair(1, 3);
      case "output_padding" -> pair(0, 2);
      case "padding" -> chance(5) ? "same" : sides();
      case "groups" -> 1 + random.nextInt(2);
      case "from" -> random.nextInt(2);
      case "to" -> 1 + random.nextInt(3);
      case "shortcut" -> depth == 0 ? "tanh" : part(depth - 1);
      case "approximate" -> chance(2) ? "tanh" : "none";
      case "bias", "ceil", "count_padding", "divided" -> chance(2);
      default -> random.nextDouble();
    };
  }

  private Object pair(int least, int numbers) {
    Supplier<Integer> number = () -> least + random.nextInt(numbers);
    return chance(2) ? number.get() : List.of(number.get(), number.get());
  }

  private Object sides() {
    return chance(3)
        ? List.of(random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3))
        : pair(0, 3);
  }
}
