package dev.vitrine.settings;

import static dev.vitrine.settings.Setting.Kind.COUNT;
import static dev.vitrine.settings.Setting.Kind.NUMBER;
import static dev.vitrine.settings.Setting.Kind.NUMBERS;
import static dev.vitrine.settings.Setting.Kind.PATH;
import static dev.vitrine.settings.Setting.Kind.TEXT;
import static dev.vitrine.settings.Setting.Kind.WHOLE;

import dev.vitrine.data.digits.Digits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The list of all settings of a training. A new one is an entry here, and a line in {@link
 * TrainConfig}.
 */
public final class TrainSettings {
  /** Which columns of a table are told. */
  public static final String TARGET =
      "The column of a table that is to be told from the others, or several for numbers; without a"
          + " header its number from 1.";

  /** What shards are. */
  private static final String SHARDS =
      "Parts that a batch is cut into, whose gradients are computed apart and summed by one fixed"
          + " tree; other numbers give other bits.";

  /** What local steps are. */
  private static final String LOCAL_STEPS =
      "Have each shard take N steps of the optimiser on its own part of the batch, then take the"
          + " mean of what they came to, weights and optimiser's memory, by that tree. A batch is"
          + " then what is learned from between two means.";

  /** What shape rows have. */
  public static final String SHAPE =
      "The shape of the images in the rows of a table, such as 1x28x28, or in an archive.";

  /** What is kept apart. */
  public static final String TEST_SHARE =
      "Share of data without a test part that is kept apart for the test.";

  /** What samples are divided by. */
  public static final String DIVISOR =
      "What samples of 0 to 255 are divided by; 1 leaves them. Default: 255, or what a checkpoint"
          + " says";

  /** What is subtracted from them. */
  public static final String MEAN =
      "What is then subtracted, one for all channels or one each. Default: 0";

  /** What they are divided by in the end. */
  public static final String DEVIATION =
      "What they are divided by then, likewise; below 0 for inverted pictures (a mean of 1 and a"
          + " deviation of -1 exchange light and dark). Default: 1";

  /** Whose numbers a training begins with. */
  public static final String INIT_FROM =
      "Begin with the numbers of a run, a checkpoint or somebody else's file of weights in place of"
          + " drawn ones, found from here or in a data folder; they must fit the model.";

  /** Where in a file of weights they lie. */
  public static final String KEY =
      "Where in somebody else's file the numbers lie, such as state_dict. Default: what fits";

  /** How the numbers of a file of weights lie. */
  public static final String LAYOUT =
      "How the numbers of somebody else's file lie where it does not say so: flip (filters of a true"
          + " convolution, Theano's), chw, hwc, cwh or whc (flattened images), transposed"
          + " (pictures), bgr (colours), in-out or out-in (square matrices), bias-first or bias-last"
          + " (in a matrix), rows or columns (one vector), part (further layers are left over).";

  /** What the outputs of a file of weights stand for. */
  public static final String CLASSES =
      "Which class each output of somebody else's file stands for, such as MATLAB's 1-9,0; one that"
          + " is missing has output 0. Default: 0, 1, 2, …";

  private static final Map<String, Setting> ALL = byName();

  private TrainSettings() {}

  private static Map<String, Setting> byName() {
    List<Setting> all = new ArrayList<>();
    all.addAll(whatIsTrained());
    all.addAll(OptimizerSettings.all());
    all.addAll(howItIsTrained());
    all.addAll(whatItBeginsWith());
    Map<String, Setting> byName = new LinkedHashMap<>();
    all.forEach(setting -> byName.put(setting.name(), setting));
    return byName;
  }

  private static List<Setting> whatIsTrained() {
    return List.of(
        Setting.of(
                "model",
                TEXT,
                "MODEL",
                "A known network's name, built for the data's pictures and classes, or a network"
                    + " file (JSON).")
            .standard("lenet")
            .term("model"),
        Setting.of(
                "data",
                TEXT,
                "DATA",
                "digits (drawn by Vitrine), mnist, fashion, cifar10, notmnist, a folder of pictures by"
                    + " class or in MNIST's layout, an archive of arrays (.npz) or a table (.csv).")
            .standard(Digits.NAME)
            .term("data"),
        Setting.of("target", TEXT, "NAME[,…]", TARGET)
            .otherwise("label, class, target or y, or the only one that is text")
            .term("the target column"),
        Setting.of("shape", TEXT, "CxHxW", SHAPE)
            .otherwise("as the data say")
            .term("the examples' shape"),
        Setting.of("test-share", NUMBER, "SHARE", TEST_SHARE)
            .otherwise("0.15")
            .term("The test share"),
        Setting.of("train-images", COUNT, "N", "Use only the first N training images.")
            .otherwise("all"),
        Setting.of("test-images", COUNT, "N", "Use only the first N test images.").otherwise("all"),
        Setting.of(
                "validation",
                NUMBER,
                "SHARE",
                "Share of the training images held out to watch progress; 0 for none.")
            .standard("0.1")
            .term("The validation share"),
        Setting.of("epochs", COUNT, "N", "Passes over the training images.")
            .standard("3")
            .term("The number of epochs"),
        Setting.of("steps", WHOLE, "N", "End after N batches in any case.").otherwise("no limit"),
        Setting.of("batch", COUNT, "N", "Images to a batch.").standard("64").term("The batch size"),
        Setting.of("shards", COUNT, "N", SHARDS).standard("1").term("The number of shards"),
        Setting.of("local-steps", COUNT, "N", LOCAL_STEPS)
            .otherwise("one step a batch, by the sum of the shards' gradients")
            .term("The number of local steps"),
        Setting.of(
                OptimizerSettings.OPTIMIZER,
                TEXT,
                "NAME",
                "sgd, adam, amsgrad, adamw, adagrad, rmsprop, adadelta or lion.")
            .standard("sgd"));
  }

  private static List<Setting> howItIsTrained() {
    return List.of(
        Setting.flag("no-bias-decay", "Leave biases and normalisations out of the weight decay."),
        Setting.of("bias-lr", NUMBER, "FACTOR", "Factor on the learning rate of biases.")
            .standard("1")
            .term("The biases' learning-rate factor"),
        Setting.of("clip-value", NUMBER, "SIZE", "No element of a gradient is larger.")
            .otherwise("no limit")
            .term("The gradients' largest value"),
        Setting.of("clip-norm", NUMBER, "NORM", "The gradients' norm together is no larger.")
            .otherwise("no limit")
            .term("The gradients' largest norm"),
        Setting.of("l1", NUMBER, "RATE", "L1 penalty of weights.")
            .otherwise("none")
            .term("The L1 penalty"),
        Setting.of("max-norm", NUMBER, "NORM", "No weights of one output have a larger norm.")
            .otherwise("no limit")
            .term("The rows' largest norm"),
        Setting.of(
                "augment",
                TEXT,
                "CHANGES",
                "How training images are changed at random: some of shift:PIXELS, rotate:DEGREES,"
                    + " scale:SHARE, elastic:PIXELS[:SIGMA], flip, vflip, crop:PIXELS,"
                    + " noise:DEVIATION, with commas.")
            .otherwise("not at all")
            .term("The augmentation"),
        Setting.of(
                "early-stop",
                TEXT,
                "EPOCHS[:DELTA]",
                "End after so many epochs without a validation loss lower, by DELTA, than the best;"
                    + " the best weights are kept.")
            .otherwise("at the last epoch")
            .term("Early stopping"),
        Setting.of(
                "schedule",
                TEXT,
                "SCHEDULE",
                "constant, step:GAMMA:EVERY, multistep:GAMMA:AT:AT…, exponential:GAMMA,"
                    + " inverse:GAMMA:POWER, cosine:STEPS, onecycle:STEPS, warmup:STEPS, counted in"
                    + " batches; plateau:FACTOR:EPOCHS[:LEAST]; A*B is their product, A@STEPS,B one after another.")
            .standard("exponential:0.9992")
            .term("The schedule"),
        Setting.of(
                "loss",
                TEXT,
                "NAME",
                "What is made small: cross-entropy, mse, binary-cross-entropy or hinge.")
            .otherwise("cross-entropy for classes, mse for numbers")
            .term("loss"),
        Setting.of(
                "label-smoothing", NUMBER, "SHARE", "Share of the target spread over all classes.")
            .standard("0")
            .term("The label smoothing"),
        Setting.of(
                "init",
                TEXT,
                "NAME",
                "Start of the weights: {lecun,xavier,kaiming}-{uniform,normal}, uniform:BOUND,"
                    + " normal:DEVIATION or constant:NUMBER.")
            .standard("lecun-uniform")
            .term("An initialiser"),
        Setting.of(
                "resize",
                TEXT,
                "SIZE",
                "Bring all images to this size first: a side such as 96, or HEIGHTxWIDTH such as"
                    + " 32x64.")
            .otherwise("as they are")
            .term("The size"),
        Setting.flag(
            "standardise",
            "Give inputs the mean 0 and the deviation 1, by channel or feature, measured on what is"
                + " learned from."),
        Setting.of("seed", WHOLE, "N", "Seed of all random numbers.").standard("42"),
        Setting.of("divisor", NUMBER, "NUMBER", DIVISOR).term("The normalisation's divisor"),
        Setting.of("mean", NUMBERS, "NUMBER[,…]", MEAN).term("The normalisation's mean"),
        Setting.of("deviation", NUMBERS, "NUMBER[,…]", DEVIATION)
            .term("The normalisation's deviation"));
  }

  private static List<Setting> whatItBeginsWith() {
    return List.of(
        Setting.of("init-from", PATH, "FILE", INIT_FROM),
        Setting.of("key", TEXT, "PLACE", KEY).term("the place in the file"),
        Setting.of("layout", TEXT, "WORDS", LAYOUT),
        Setting.of("classes", TEXT, "LIST", CLASSES).term("the file's classes"),
        Setting.of("data-dir", PATH, "DIR", "Folder to look for data in, and to download them to.")
            .term("the data folder"));
  }

  /** {@return all settings, in the order in which a help text has them} */
  public static List<Setting> all() {
    return List.copyOf(ALL.values());
  }

  /** {@return the names of all settings} */
  public static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * {@return the setting of a name, if there is one}
   *
   * @param name as {@link Setting#name}
   */
  public static Optional<Setting> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The setting of a name that there is. */
  static Setting named(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("No setting " + name));
  }
}
