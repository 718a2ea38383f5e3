package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Target;
import dev.vitrine.plan.Plan;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;

/** Gives a plan the targets of examples, in the form that the loss wants. */
final class TargetFeed {
  private final Dataset data;
  private final Target form;
  private final float[] row;

  private TargetFeed(Dataset data, Target form, Shape output) {
    this.data = data;
    this.form = form;
    row = new float[form.shape(output).elements()];
    Arrays.fill(row, form == Target.SIGNS ? -1 : 0);
  }

  /**
   * The targets of a dataset's examples.
   *
   * @param wanted what the loss wants
   * @param output the shape of the network's output
   * @throws UserException if the data do not have what the loss wants
   */
  static TargetFeed of(Dataset data, Target wanted, Model model, Shape output) {
    if (!data.shape().equals(model.input())) {
      throw UserException.advising(
          "The network expects %s of shape %s, but those of data set %s are %s"
              .formatted(
                  data.shape().rank() == 3 ? "images" : "examples",
                  model.input(),
                  data.name(),
                  data.shape()),
          "choose another %s or %s",
          "model",
          "data");
    }
    Target form = resolve(wanted, data, output);
    switch (form) {
      case NUMBERS -> checkNumbers(data, output);
      case INPUT -> checkInput(data, output);
      default -> checkClasses(data, output);
    }
    return new TargetFeed(data, form, output);
  }

  private static Target resolve(Target wanted, Dataset data, Shape output) {
    boolean numbers = data.targets() instanceof Targets.Numbers;
    return switch (wanted) {
      case SIGNS -> numbers ? Target.NUMBERS : Target.SIGNS;
      case VALUES -> {
        if (numbers) {
          yield Target.NUMBERS;
        }
        yield output.equals(data.shape()) ? Target.INPUT : Target.ONE_HOT;
      }
      case CLASS_NUMBER, ONE_HOT, NUMBERS, INPUT -> wanted;
    };
  }

  private static void checkNumbers(Dataset data, Shape output) {
    if (!(data.targets() instanceof Targets.Numbers numbers)) {
      throw new UserException(
          "The loss compares with numbers of shape %s for each example, but data set %s has %s: choose another loss, or data with such numbers"
              .formatted(output, data.name(), data.targets().description()));
    }
    if (!numbers.shape().equals(output)) {
      throw new UserException(
          "The network's output is %s, but data set %s has targets of %s: end the network in their shape"
              .formatted(output, data.name(), numbers.shape()));
    }
  }

  private static void checkInput(Dataset data, Shape output) {
    if (!output.equals(data.shape())) {
      throw new UserException(
          "The loss compares with the example itself, but the network's output is %s and its input %s: end the network in its input's shape"
              .formatted(output, data.shape()));
    }
  }

  /** One number for each class of the data, or more. */
  static void checkClasses(Dataset data, Shape output) {
    if (output.rank() != 1) {
      throw new UserException(
          "A classifier ends in one number for each class, but the network's output is %s: end it with Flatten and Linear"
              .formatted(output));
    }
    if (data.classNames().size() > output.elements()) {
      throw UserException.advising(
          "Data set %s has %s classes, but the network has outputs for %s"
              .formatted(data.name(), data.classNames().size(), output.elements()),
          "choose another %s or %s",
          "model",
          "data");
    }
  }

  /** Whether the right answer is a class. */
  boolean classes() {
    return form != Target.NUMBERS && form != Target.INPUT;
  }

  /** Gives the first {@code count} examples' targets. */
  void feed(Plan plan, ExampleFeed examples, int count) {
    if (form == Target.INPUT) {
      examples.feed(plan, Model.TARGET, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      feed(plan, i, examples.example(i));
    }
  }

  private void feed(Plan plan, int place, int example) {
    switch (form) {
      case CLASS_NUMBER -> {
        row[0] = data.label(example);
        plan.input(Model.TARGET, place, row);
      }
      case NUMBERS -> {
        ((Targets.Numbers) data.targets()).read(example, row);
        plan.input(Model.TARGET, place, row);
      }
      default -> {
        float other = form == Target.SIGNS ? -1 : 0;
        row[data.label(example)] = 1;
        plan.input(Model.TARGET, place, row);
        row[data.label(example)] = other;
      }
    }
  }
}
