package dev.vitrine.workload;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Sequential;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Sgd;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The workloads, as one table that the command line, the benchmarks and the peers share. */
public final class Workloads {
  private static final Shape DIGIT = Shape.of(1, 28, 28);
  private static final Shape COLOUR = Shape.of(3, 32, 32);
  private static final Layer RELU = Activation.relu();

  private static final Optimizer LENET_RULE = Sgd.of(0.01).momentum(0.9).weightDecay(5e-4);

  /** Every workload, in order. */
  public static final List<Workload> ALL =
      List.of(
          workload("W1", Zoo.find("mlp"), Sgd.of(0.1), 128),
          workload("W2", wide(), Sgd.of(0.02).momentum(0.9), 500),
          workload("W3", Zoo.find("lenet"), LENET_RULE, 64),
          workload("W3-100", Zoo.find("lenet"), LENET_RULE, 100),
          workload("W4", Zoo.find("cnn32-64"), Adam.of(1e-3), 128),
          workload("W5", colour(), Sgd.of(0.01).momentum(0.9), 128),
          workload("W6", Zoo.find("resnet18", COLOUR, 10), Sgd.of(0.01).momentum(0.9), 64));

  private Workloads() {}

  private static Workload workload(String id, NetworkSpec spec, Optimizer rule, int batchSize) {
    Recipe recipe =
        Recipe.of(rule).batchSize(batchSize).epochs(Integer.MAX_VALUE).seed(Seed.of(42));
    return new Workload(id, spec, recipe);
  }

  private static NetworkSpec wide() {
    Layer layers = Sequential.of(Flatten.of(), Linear.of(1000), RELU, Linear.of(10));
    return new NetworkSpec("mlp-1000", "MLP 784-1000-10", DIGIT, layers);
  }

  /** LeNet-5 on colour images of 32 × 32: 62,006 parameters. */
  private static NetworkSpec colour() {
    Layer layers =
        Sequential.of(
            Conv2d.of(6, 5),
            RELU,
            MaxPool2d.of(2),
            Conv2d.of(16, 5),
            RELU,
            MaxPool2d.of(2),
            Flatten.of(),
            Linear.of(120),
            RELU,
            Linear.of(84),
            RELU,
            Linear.of(10));
    return new NetworkSpec("lenet5-colour", "LeNet-5 3×32×32", COLOUR, layers);
  }

  /** {@return the names of all workloads} */
  public static List<String> ids() {
    return ALL.stream().map(Workload::id).toList();
  }

  /**
   * {@return a workload by its name}
   *
   * @param id such as {@code W3}
   * @throws UserException if there is none of that name
   */
  public static Workload find(String id) {
    return ALL.stream()
        .filter(workload -> workload.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(() -> unknown(id));
  }

  /**
   * Workloads from names with commas between, such as {@code W1,W3}; all if {@code all}.
   *
   * @param names such as {@code W1,W3}, or {@code all}
   * @return the workloads in the given order
   */
  public static List<Workload> list(String names) {
    if (names.equals("all")) {
      return ALL;
    }
    List<Workload> found = new ArrayList<>();
    Arrays.stream(names.split(",", -1)).forEach(name -> found.add(find(name.strip())));
    return found;
  }

  private static UserException unknown(String id) {
    return new UserException(
        "Unknown workload %s: expected %s%s"
            .formatted(Quote.of(id), String.join(", ", ids()), Nearest.hint(id, ids())));
  }
}
