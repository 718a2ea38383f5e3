package dev.vitrine.web.rooms;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.inside.LayerNumbers;
import dev.vitrine.inside.LayerProbe;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Judgement;
import dev.vitrine.metrics.Mistake;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.run.MemoryNeed;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.settings.NamedData;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.RegressionEvaluator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A run judged by its test data, every mistake kept. */
final class Judged implements AutoCloseable {
  /** More examples than a person looks through; the first ones are taken. */
  static final int MOST = 10_000;

  private final TrainedNetwork network;
  private final Model model;
  private final Dataset test;
  private final int of;
  private final Compute compute;
  private final Heard heard;
  private final Judgement judgement;
  private final Map<Integer, Mistake> mistakes = new LinkedHashMap<>();
  private final List<Miss> misses = new ArrayList<>();
  private LayerProbe probe;
  private Compute looking;

  /**
   * What a network tells of an example that has numbers.
   *
   * @param example its place
   * @param told what the network says
   * @param right what is right
   * @param error the root of their mean squared difference
   */
  record Miss(int example, float[] told, float[] right, double error) {}

  /** Hears how far a judgement is. */
  @FunctionalInterface
  interface Heard {
    void read(int examples, int of);
  }

  private Judged(
      TrainedNetwork network, RunConfig config, DataSource source, Compute compute, Heard heard) {
    this.network = network;
    this.compute = compute;
    this.heard = heard;
    Dataset all = RunImages.prepareTest(config, source.loadTest());
    of = all.size();
    test = RunImages.first(Math.min(of, MOST), "test", all);
    model = network.model();
    try {
      judgement = judge(config);
    } catch (DivergedException e) {
      throw new UserException(
          "What this network makes of its test data is not finite: its training diverged", e);
    }
  }

  /**
   * Judges.
   *
   * @param heard hears how far it is, on this thread
   * @throws UserException if the data cannot be had, or memory has no room for them
   */
  static Judged of(TrainedNetwork network, DataFolders folders, Compute compute, Heard heard) {
    RunConfig config = network.run().orElseThrow();
    DataSource source =
        NamedData.find(config, folders, Downloader.reportingTo(DownloadProgress.NONE));
    long most = Runtime.getRuntime().maxMemory();
    MemoryNeed need = MemoryNeed.withoutPlans(network, source, true);
    need.requireAtMost(most);
    long atOnce = Math.min(Evaluator.BATCH, source.outline().test());
    need.withPlan(network, atOnce, compute.kernels(), compute.workers().size()).requireAtMost(most);
    return new Judged(network, config, source, compute, heard);
  }

  private Judgement judge(RunConfig config) {
    if (!(test.targets() instanceof Targets.Numbers right)) {
      Evaluation classes =
          new Evaluator(model, test, network.normalisation(), compute)
              .evaluate(test.size(), read -> heard.read(read, test.size()));
      classes.worst().stream()
          .sorted(Comparator.comparingDouble((Mistake m) -> -m.best().probability()))
          .forEach(mistake -> mistakes.put(mistake.example(), mistake));
      return classes;
    }
    Judgement numbers =
        new RegressionEvaluator(
                model, config.recipe().loss(), test, network.normalisation(), compute)
            .evaluate((example, told) -> {
              misses.add(miss(example, told, right.read(example)));
              if (example % Evaluator.BATCH == 0) {
                heard.read(example, test.size());
              }
            });
    misses.sort(Comparator.comparingDouble((Miss miss) -> -miss.error()));
    return numbers;
  }

  private static Miss miss(int example, float[] told, float[] right) {
    double sum = 0;
    for (int i = 0; i < right.length; i++) {
      sum += ((double) told[i] - right[i]) * ((double) told[i] - right[i]);
    }
    return new Miss(example, told.clone(), right, Math.sqrt(sum / right.length));
  }

  Dataset test() {
    return test;
  }

  /** How many test examples the run has, of which the first {@link #MOST} are judged. */
  int of() {
    return of;
  }

  Judgement judgement() {
    return judgement;
  }

  /** The largest error first; empty of classes. */
  List<Miss> misses() {
    return misses;
  }

  Optional<Mistake> mistake(int example) {
    return Optional.ofNullable(mistakes.get(example));
  }

  /** The examples of a cell: the surest mistake first; those read right as the data have them. */
  List<Integer> cell(int actual, int read) {
    if (actual == read) {
      return IntStream.range(0, test.size())
          .filter(i -> test.label(i) == actual && !mistakes.containsKey(i))
          .boxed()
          .toList();
    }
    return mistakes.values().stream()
        .filter(mistake -> mistake.actual() == actual && mistake.best().index() == read)
        .map(Mistake::example)
        .toList();
  }

  /** One of the same class that was read right; of numbers, the one that was met best. */
  Optional<Integer> right(int example) {
    if (!misses.isEmpty()) {
      return Optional.of(misses.getLast().example()).filter(best -> best != example);
    }
    int actual = test.label(example);
    return cell(actual, actual).stream().filter(each -> each != example).findFirst();
  }

  /** What the network is given of an example. */
  float[] numbers(int example) {
    float[] numbers = new float[test.shape().elements()];
    test.read(example, numbers);
    network.normalisation().apply(numbers, test.shape());
    return numbers;
  }

  /** What each layer gives for one example or two. */
  synchronized List<LayerNumbers> layers(List<Integer> examples) {
    if (probe == null) {
      looking = new Compute(compute.kernels(), new Workers(1)); // others are judged meanwhile
      probe = LayerProbe.of(model, Optional.empty(), 2, looking);
    }
    return probe
        .read(plan -> {
          for (int i = 0; i < examples.size(); i++) {
            plan.input(Model.INPUT, i, numbers(examples.get(i)));
          }
          return examples.size();
        })
        .layers();
  }

  @Override
  public synchronized void close() {
    if (looking != null) {
      looking.close();
      probe = null;
      looking = null;
    }
  }
}
