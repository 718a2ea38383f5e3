package dev.vitrine.report;

import dev.vitrine.image.Raster;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Judgement;
import java.util.List;
import java.util.function.IntFunction;

/**
 * All that a run's page shows. Lists that are empty leave their section out: an evaluation without
 * training has no epochs.
 *
 * @param title such as {@code LeNet on MNIST}
 * @param model the network's name
 * @param data the name of the data it learned from
 * @param evaluatedOn what it was evaluated on, in mid-sentence: {@code MNIST's test images}
 * @param provenance how to get the result again
 * @param epochs by number
 * @param steps by number; any number of them
 * @param layers from input to output
 * @param judgement the result
 * @param loss what the losses are the mean of, with its unit: {@code cross-entropy in nats}
 * @param classNames the name of each class; of a network that tells numbers there are none
 * @param pictures the picture of an example of {@code judgement} by its index; it is asked for the
 *     worst mistakes alone
 */
public record RunReport(
    String title,
    String model,
    String data,
    String evaluatedOn,
    Provenance provenance,
    List<EpochRow> epochs,
    List<StepLoss> steps,
    List<LayerRow> layers,
    Judgement judgement,
    String loss,
    List<String> classNames,
    IntFunction<Raster> pictures) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are not as many names as classes
   */
  public RunReport {
    epochs = List.copyOf(epochs);
    steps = List.copyOf(steps);
    layers = List.copyOf(layers);
    classNames = List.copyOf(classNames);
    int classes = judgement instanceof Evaluation evaluation ? evaluation.confusion().classes() : 0;
    if (classNames.size() != classes) {
      throw new IllegalArgumentException(
          "A report on %s classes expects as many names, but got %s"
              .formatted(classes, classNames.size()));
    }
  }

  /**
   * A report on a classifier whose loss is cross-entropy.
   *
   * @param title such as {@code LeNet on MNIST}
   * @param model the network's name
   * @param data the name of the data it learned from
   * @param evaluatedOn what it was evaluated on, in mid-sentence
   * @param provenance how to get the result again
   * @param epochs by number
   * @param steps by number; any number of them
   * @param layers from input to output
   * @param evaluation the result
   * @param classNames the name of each class
   * @param pictures the picture of an example of {@code evaluation} by its index
   */
  public RunReport(
      String title,
      String model,
      String data,
      String evaluatedOn,
      Provenance provenance,
      List<EpochRow> epochs,
      List<StepLoss> steps,
      List<LayerRow> layers,
      Evaluation evaluation,
      List<String> classNames,
      IntFunction<Raster> pictures) {
    this(
        title,
        model,
        data,
        evaluatedOn,
        provenance,
        epochs,
        steps,
        layers,
        evaluation,
        "cross-entropy in nats",
        classNames,
        pictures);
  }

  /** A classifier's result, of which alone it is asked. */
  Evaluation evaluation() {
    return (Evaluation) judgement;
  }

  /** What a loss is measured in, for an axis: a short word. */
  String unit() {
    return loss.endsWith(" in nats") ? "nats" : "loss";
  }
}
