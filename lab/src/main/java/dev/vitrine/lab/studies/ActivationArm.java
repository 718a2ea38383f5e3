package dev.vitrine.lab.studies;

import dev.vitrine.lab.statistics.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A network at the rate that validates best, over the seeds.
 *
 * @param net the network
 * @param rate its learning rate
 * @param norms of the gradient at each hidden layer before any step, first layer first
 * @param seeds a training of each
 */
record ActivationArm(
    ActivationNet net, double rate, List<Double> norms, List<ActivationTraining> seeds) {
  private record Tried(double rate, List<ActivationTraining> seeds) {
    double chosenBy() {
      return seeds.stream().mapToDouble(ActivationTraining::chosenBy).average().orElseThrow();
    }
  }

  static ActivationArm of(Desk desk, StudyImages images, ActivationNet net) {
    List<Integer> seeds = desk.counts("seeds");
    int tune = Math.min(desk.positive("tune-seeds"), seeds.size());
    List<Double> norms =
        DeepSigmoids.norms(
            desk, images, net.model(images.train().shape(), desk.seed()), net.depth());
    List<Tried> tried = new ArrayList<>();
    for (double rate : desk.numbers("rates")) {
      desk.progress().accept("%s at η = %s".formatted(net.name(), Say.setting(rate)));
      tried.add(new Tried(rate, trained(desk, images, net, rate, seeds.subList(0, tune))));
    }
    Tried best = tried.stream().max(Comparator.comparingDouble(Tried::chosenBy)).orElseThrow();
    List<ActivationTraining> all = new ArrayList<>(best.seeds);
    all.addAll(trained(desk, images, net, best.rate, seeds.subList(tune, seeds.size())));
    return new ActivationArm(net, best.rate, norms, all);
  }

  private static List<ActivationTraining> trained(
      Desk desk, StudyImages images, ActivationNet net, double rate, List<Integer> seeds) {
    return seeds.stream()
        .map(seed -> ActivationTraining.of(desk, images, net, rate, seed))
        .toList();
  }

  /** Percentages right, by seed. */
  Sample accuracies() {
    return new Sample(seeds.stream().map(one -> 100 * one.accuracy()).toList());
  }

  /** How many seeds diverged. */
  long diverged() {
    return seeds.stream().filter(one -> one.dead().isEmpty()).count();
  }

  /** What the first hidden layer gets of the gradient that the last one gets. */
  double left() {
    return norms.getFirst() / norms.getLast();
  }

  /** The mean factor from a layer to the one before it. */
  double factor() {
    return Math.pow(left(), 1.0 / Math.max(1, norms.size() - 1));
  }

  /**
   * The share of dead units of a layer, from 0, in the mean over the seeds that did not diverge.
   */
  double dead(int layer) {
    return seeds.stream()
        .filter(one -> !one.dead().isEmpty())
        .mapToDouble(one -> one.dead().get(layer))
        .average()
        .orElse(Double.NaN);
  }

  /** The same of the layer with most of them. */
  double deadest() {
    double most = 0;
    for (int layer = 0; layer < net.depth(); layer++) {
      most = Math.max(most, dead(layer));
    }
    return most;
  }
}
