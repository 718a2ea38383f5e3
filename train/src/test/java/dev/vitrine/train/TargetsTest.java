package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.Target;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss gets the target that it wants, or is refused. */
class TargetsTest {
  private static final Shape PIXELS = Shape.of(1, 1, 2);
  private static final byte[] BYTES = {0, 51, 102, (byte) 204};
  private static final Loss SQUARES = Loss.meanSquaredError();
  private static final Layer VECTOR = Sequential.of(Flatten.of(), Linear.of(3));
  private static final Layer IMAGE = Conv2d.of(1, 1);
  private static final Layer MAPS = Conv2d.of(2, 1);

  private static Dataset classes() {
    return Dataset.of("two", PIXELS, BYTES, new byte[] {2, 0}, List.of("a", "b", "c"));
  }

  private static Dataset numbers(int width) {
    float[] values = {0.5f, -1, 2, 4, 0.25f, -3};
    Shape shape = width == 3 ? Shape.of(3) : Shape.of(width, 3 / width);
    return Dataset.of("two", PIXELS, BYTES, Targets.Numbers.of(shape, values));
  }

  /** The loss of one step of a network whose parameters are all zero. */
  private static double meanLoss(Layer network, Loss loss, Dataset data) {
    try (Compute compute = Compute.of(1)) {
      return new LossEvaluator(Model.of(network, PIXELS), loss, data, Normalisation.UNIT, compute)
          .meanLoss();
    }
  }

  private static double loss(Layer network, Loss loss, Dataset data) {
    Model zeros = Model.of(network, PIXELS);
    return Trainer.of(zeros, Sgd.of(0.1))
        .loss(loss)
        .batchSize(2)
        .fit(data)
        .epochs()
        .getFirst()
        .trainLoss();
  }

  /** Of outputs that are all zero, by hand. */
  static List<Arguments> deliveries() {
    Loss labels = (ops, y, t) -> ops.add(t, ops.mean(y));
    double numbers = (0.25 + 1 + 4 + 16 + 0.0625 + 9) / 6;
    double pixels = (0.04 + 0.16 + 0.64) / 4;
    return List.of(
        Arguments.of("one-hot", VECTOR, SQUARES, classes(), 1 / 3.0),
        Arguments.of("numbers", VECTOR, SQUARES, numbers(3), numbers),
        Arguments.of("the image", IMAGE, SQUARES, classes(), pixels),
        Arguments.of("signs", VECTOR, SQUARES.against(Target.SIGNS), classes(), 1),
        Arguments.of("hinge of signs", VECTOR, Loss.hinge(), classes(), 1),
        Arguments.of(
            "signs of the data's", VECTOR, SQUARES.against(Target.SIGNS), numbers(3), numbers),
        Arguments.of("class number", VECTOR, labels.against(Target.CLASS_NUMBER), classes(), 1),
        Arguments.of("cross-entropy", VECTOR, Loss.crossEntropy(), classes(), Math.log(3)),
        Arguments.of("binary", VECTOR, Loss.binaryCrossEntropy(), classes(), Math.log(2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deliveries")
  void everyLossGetsWhatItWants(String name, Layer network, Loss loss, Dataset data, double value) {
    assertThat(loss(network, loss, data)).isCloseTo(value, within(1e-6));
  }

  @Test
  void theImageIsTheNormalisedOne() {
    Model zeros = Model.of(IMAGE, PIXELS);
    Trainer trainer = Trainer.of(zeros, Sgd.of(0.1)).loss(SQUARES).batchSize(2);
    Normalisation halves = Normalisation.of(0.5, 0.5);
    double loss =
        trainer
            .recipe(trainer.recipe().normalisation(halves))
            .fit(classes())
            .epochs()
            .getFirst()
            .trainLoss();
    assertThat(loss).isCloseTo((1 + 0.36 + 0.04 + 0.36) / 4, within(1e-6));
  }

  /** Descent on the squared error is that of the right gradients: −2/3 · mean of the targets. */
  @Test
  void theGradientIsThatOfAllElements() {
    Model model = Model.of(VECTOR, PIXELS);
    Trainer.of(model, Sgd.of(1)).loss(SQUARES).batchSize(2).fit(classes());
    assertThat(model.parameters().get("linear1.bias"))
        .containsExactly(new float[] {1 / 3f, 0, 1 / 3f}, within(1e-6f));
  }

  @Test
  void regressionsAndAutoencodersAreValidatedByTheirLoss() {
    Model model = Model.of(IMAGE, PIXELS, Initializer.kaimingNormal(), Seed.of(1));
    Trainer.Result result =
        Trainer.of(model, Sgd.of(0.5))
            .loss(SQUARES)
            .batchSize(2)
            .epochs(200)
            .validation(classes())
            .fit(classes());
    EpochSummary last = result.epochs().getLast();
    assertThat(last.trainAccuracy()).isEmpty();
    assertThat(last.validation()).isEmpty();
    assertThat(last.validationLoss().orElseThrow()).isEqualTo(result.meanLoss(classes()));
    assertThat(result.meanLoss(classes())).isLessThan(1e-3);
  }

  @Test
  void classesLearnedFromSquaresAreCounted() {
    Model model = TinyImages.model();
    Trainer.Result result =
        Trainer.of(model, Sgd.of(0.1).momentum(0.9))
            .loss(SQUARES)
            .batchSize(10)
            .epochs(6)
            .seed(Seed.of(5))
            .fit(TinyImages.bars(300, 1));
    assertThat(result.epochs().getLast().trainAccuracy().orElseThrow()).isGreaterThan(0.9);
    assertThat(result.evaluate(TinyImages.bars(90, 2)).accuracy()).isGreaterThan(0.9);
  }

  static List<Arguments> refusals() {
    Loss deaf = (ops, y, t) -> ops.mean(ops.square(y));
    return List.of(
        Arguments.of(
            VECTOR,
            SQUARES.against(Target.NUMBERS),
            classes(),
            "The loss compares with numbers of shape (3) for each example, but data set two has 3"
                + " classes: choose another loss, or data with such numbers"),
        Arguments.of(
            VECTOR,
            SQUARES,
            numbers(1),
            "The network's output is (3), but data set two has targets of (1, 3): end the network in"
                + " their shape"),
        Arguments.of(
            VECTOR,
            SQUARES.against(Target.INPUT),
            classes(),
            "The loss compares with the example itself, but the network's output is (3) and its input"
                + " (1, 1, 2): end the network in its input's shape"),
        Arguments.of(
            VECTOR,
            Loss.crossEntropy(),
            numbers(3),
            "Data set two has targets of (3), but a classifier expects classes"),
        Arguments.of(
            MAPS,
            SQUARES,
            classes(),
            "A classifier ends in one number for each class, but the network's output is (2, 1, 2): end"
                + " it with Flatten and Linear"),
        Arguments.of(
            Sequential.of(Flatten.of(), Linear.of(2), Activation.relu()),
            SQUARES,
            classes(),
            "Data set two has 3 classes, but the network has outputs for 2: choose another model or"
                + " data"),
        Arguments.of(
            VECTOR,
            Loss.meanSquaredError().against(Target.CLASS_NUMBER),
            classes(),
            "Mean squared error expects a target of the output's shape, (3), but got (): compare with"
                + " other targets, such as Target.VALUES"),
        Arguments.of(VECTOR, deaf, classes(), DEAF),
        Arguments.of(VECTOR, new Reader(), classes(), DEAF),
        Arguments.of(
            VECTOR, (Loss) (ops, output, target) -> ops.mean(ops.square(target)), classes(), BLIND),
        Arguments.of(
            VECTOR,
            (Loss) (ops, output, target) -> null,
            classes(),
            "A loss expects to end in one number for each example, but gave null"));
  }

  private static final String BLIND =
      "The loss ignores its output: expected a formula of the output and of what it should have been,"
          + " but nothing on the way to the loss reads the output";

  private static final String DEAF =
      "The loss ignores its target: expected a formula of the output and of what it should have been,"
          + " but nothing on the way to the loss reads the target";

  /** Reads its target, but not on the way to the loss. */
  private static final class Reader implements Loss {
    @Override
    public Value apply(Ops ops, Value output, Value target) {
      ops.square(target);
      return ops.mean(ops.square(output));
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotBeDeliveredIsRefused(Layer network, Loss loss, Dataset data, String sentence) {
    assertThatThrownBy(() -> loss(network, loss, data))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
    assertThatThrownBy(() -> meanLoss(network, loss, data))
        .as("measured, not trained")
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }
}
