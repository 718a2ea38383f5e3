package dev.vitrine.convert;

import dev.vitrine.data.Dataset;
import dev.vitrine.image.Normalisation;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.metrics.Interval;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.train.Evaluator;
import dev.vitrine.transfer.Conventions;
import dev.vitrine.transfer.Transfer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which of the usual conventions fit somebody else's file: how its numbers lie, how pictures become
 * inputs, and which class is which, none of which files say and each of which moves accuracy by up
 * to 90 points. All combinations are measured on pictures whose classes are known.
 *
 * @param trials each combination that gives other answers, the best first
 * @param pictures how many pictures each was measured on
 */
public record Probe(List<Trial> trials, int pictures) {
  private static final int COLOURS = 3;

  /** The probe, with its own copy. */
  public Probe {
    trials = List.copyOf(trials);
  }

  /**
   * A combination.
   *
   * @param conventions how the numbers lie, and the classes
   * @param normalisation how samples become numbers
   * @param correct how many pictures it told rightly
   * @param chance the most that the best of all combinations may tell rightly by chance
   */
  public record Trial(
      Conventions conventions, Normalisation normalisation, long correct, double chance) {}

  /** A combination before it is known how many there are. */
  private record Counted(
      Conventions conventions, Normalisation normalisation, long correct, Chance chance) {
    static Counted of(
        Conventions conventions,
        Normalisation normalisation,
        ConfusionMatrix counts,
        List<Integer> classOf) {
      return new Counted(
          conventions, normalisation, Probe.correct(counts, classOf), Chance.of(counts, classOf));
    }

    Trial of(int all) {
      return new Trial(conventions, normalisation, correct, chance.most(all));
    }
  }

  /**
   * Measures.
   *
   * @param network somebody else's numbers; what is said of them is taken as said
   * @param pictures with their classes; such as no figure will be told of
   * @param compute what it is computed on
   * @param progress is told before each measurement what it is of
   * @return the combinations
   * @throws dev.vitrine.error.UserException if the numbers are a checkpoint's of Vitrine, do not
   *     fit the network at all, or pictures do not
   */
  public static Probe of(
      TrainedNetwork network, Dataset pictures, Compute compute, Consumer<String> progress) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(pictures, "pictures");
    Objects.requireNonNull(compute, "compute");
    Objects.requireNonNull(progress, "progress");
    List<Counted> counted = new ArrayList<>();
    models(network)
        .forEach((conventions, model) -> {
          for (Normalisation normalisation : normalisations(network, pictures)) {
            progress.accept(normalisation.description());
            ConfusionMatrix counts =
                new Evaluator(model, pictures, normalisation, compute).evaluate(0).confusion();
            List<Integer> plain = IntStream.range(0, counts.classes()).boxed().toList();
            counted.add(Counted.of(conventions, normalisation, counts, plain));
            if (conventions.classes().isEmpty()) {
              List<Integer> turned = fromOne(counts.classes());
              counted.add(Counted.of(conventions.classes(turned), normalisation, counts, turned));
            }
          }
        });
    List<Trial> trials =
        new ArrayList<>(counted.stream().map(it -> it.of(counted.size())).toList());
    trials.sort(Comparator.comparingLong(Trial::correct).reversed());
    return new Probe(trials, pictures.size());
  }

  /** The models that conventions of layout tell apart, with the first that gives each. */
  private static Map<Conventions, Model> models(TrainedNetwork network) {
    Map<Conventions, Model> models = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    Conventions said = network.foreign().map(known -> known.conventions()).orElse(Conventions.NONE);
    // What is not applicable was meant for another file, and would be refused.
    Transfer transfer = network.laidOut(said).transfer().orElseThrow();
    for (Conventions conventions : transfer.conventions().with(transfer.applicable())) {
      Model model = network.laidOut(conventions).model();
      if (seen.add(model.parameters().hash())) {
        models.put(conventions, model);
      }
    }
    return models;
  }

  /** What is said; else what people do with pictures. */
  private static List<Normalisation> normalisations(TrainedNetwork network, Dataset pictures) {
    if (network.inputs().normalisation().isPresent()) {
      return List.of(network.normalisation());
    }
    List<Normalisation> usual =
        new ArrayList<>(
            List.of(
                Normalisation.UNIT,
                new Normalisation(1, List.of(0.0), List.of(1.0)),
                Normalisation.of(0.5, 0.5),
                Normalisation.of(0.5, 1)));
    int channels = pictures.shape().size(0);
    if (channels == 1) {
      usual.add(Normalisation.MNIST);
    }
    if (channels == COLOURS) {
      usual.add(Preprocessing.TORCHVISION.normalisation());
    }
    usual.add(own(pictures));
    return usual.stream().flatMap(each -> Stream.of(each, each.inverted())).toList();
  }

  /** By the mean and deviation of these pictures, as most trainings go by theirs. */
  private static Normalisation own(Dataset pictures) {
    int channels = pictures.shape().size(0);
    int plane = pictures.shape().elements() / channels;
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    for (int n = 0; n < pictures.size(); n++) {
      for (int k = 0; k < pictures.shape().elements(); k++) {
        double v = pictures.pixel(n, k) / Normalisation.UNIT.divisor();
        sum[k / plane] += v;
        squares[k / plane] += v * v;
      }
    }
    double count = (double) pictures.size() * plane;
    List<Double> mean = new ArrayList<>();
    List<Double> deviation = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double m = sum[c] / count;
      double variance = squares[c] / count - m * m;
      mean.add(rounded(m));
      deviation.add(variance > 0 ? rounded(Math.sqrt(variance)) : 1);
    }
    return new Normalisation(Normalisation.UNIT.divisor(), mean, deviation);
  }

  /** To four digits, as one would type it. */
  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  /** MATLAB's: the last output stands for class 0. */
  private static List<Integer> fromOne(int classes) {
    return IntStream.range(0, classes).map(output -> (output + 1) % classes).boxed().toList();
  }

  private static long correct(ConfusionMatrix counts, List<Integer> classOf) {
    return IntStream.range(0, counts.classes())
        .mapToLong(output -> counts.count(classOf.get(output), output))
        .sum();
  }

  /** {@return the best} */
  public Trial best() {
    return trials.getFirst();
  }

  /**
   * {@return whether the best tells more pictures rightly than chance explains: of so many
   * combinations, by always saying the commonest class, or with outputs that stand for classes at
   * random}
   */
  public boolean fits() {
    return best().correct() > best().chance();
  }

  /**
   * {@return whether there are enough pictures, of more than one class, for anything to fit: chance
   * alone does not explain that all of them are told rightly}
   */
  public boolean canFit() {
    return best().chance() < pictures;
  }

  /**
   * {@return the share of pictures that a combination tells rightly}
   *
   * @param trial one of these
   */
  public double accuracy(Trial trial) {
    return trial.correct() / (double) pictures;
  }

  /** {@return those that so many pictures cannot tell from the best, which is the first} */
  public List<Trial> alike() {
    Interval interval = Interval.wilson95(best().correct(), pictures);
    return trials.stream().filter(trial -> accuracy(trial) >= interval.low()).toList();
  }
}
