package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Sequential;
import dev.vitrine.predict.Predictor;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Orders of axes: files are made by the definition of each, and must give the network again. */
class LayoutsTest {
  private static final int CHANNELS = 4;
  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;

  private final Model model =
      MadeFile.random(
          Sequential.of(
              Conv2d.of(CHANNELS, 3),
              Activation.relu(),
              Flatten.of(),
              Linear.of(5),
              Activation.relu(),
              Linear.of(3)),
          Shape.of(2, HEIGHT + 2, WIDTH + 2));

  /** Where H W C has what we have at C H W. */
  private static int hwc(int ours) {
    int c = ours / (HEIGHT * WIDTH);
    int position = ours % (HEIGHT * WIDTH);
    return position * CHANNELS + c;
  }

  /** Where an array of H × W × C, column by column, has it. */
  private static int columns(int ours) {
    int c = ours / (HEIGHT * WIDTH);
    int h = ours / WIDTH % HEIGHT;
    int w = ours % WIDTH;
    return h + HEIGHT * (w + WIDTH * c);
  }

  private MadeFile keras() {
    return new MadeFile()
        .putHwio("conv2d/kernel:0", model, "conv1.weight")
        .put("conv2d/bias:0", model, "conv1.bias")
        .putInOut("dense/kernel:0", model, "linear1.weight", LayoutsTest::hwc)
        .put("dense/bias:0", model, "linear1.bias")
        .putInOut("dense_1/kernel:0", model, "linear2.weight", i -> i)
        .put("dense_1/bias:0", model, "linear2.bias");
  }

  private static void assertSame(Transfer transfer, Model expected) {
    Model got = MadeFile.into(transfer, expected);
    for (ParameterSpec spec : expected.specs()) {
      assertThat(got.parameters().get(spec.name()))
          .as(spec.name())
          .containsExactly(expected.parameters().get(spec.name()));
    }
  }

  @Test
  void whatKerasFlattensIsReordered() {
    Transfer transfer = keras().transfer(model);
    assertSame(transfer, model);
    assertThat(transfer.remarks()).isEmpty();
    assertThat(transfer.moves().get(2).changes())
        .containsExactly(Change.TRANSPOSED, Change.INPUTS_REORDERED);
    assertThat(transfer.moves().get(2).steps().getLast().words()).isEqualTo("inputs from hwc");
  }

  @Test
  void aNormalisationOfTheFlattenedImageIsReorderedToo() {
    Model normalised =
        MadeFile.random(
            Sequential.of(Conv2d.of(CHANNELS, 3), Flatten.of(), BatchNorm2d.of(), Linear.of(3)),
            Shape.of(2, HEIGHT + 2, WIDTH + 2));
    MadeFile file =
        new MadeFile()
            .putHwio("conv2d_7/kernel:0", normalised, "conv1.weight")
            .put("conv2d_7/bias:0", normalised, "conv1.bias")
            .putInOut("dense_7/kernel:0", normalised, "linear1.weight", LayoutsTest::hwc)
            .put("dense_7/bias:0", normalised, "linear1.bias");
    String[] roles = {"weight", "bias", "running_mean", "running_var"};
    String[] theirs = {"gamma", "beta", "moving_mean", "moving_variance"};
    for (int r = 0; r < roles.length; r++) {
      float[] ours = new float[CHANNELS * HEIGHT * WIDTH];
      float[] made = new float[ours.length];
      for (int i = 0; i < ours.length; i++) {
        ours[i] = 100 * r + i;
        made[hwc(i)] = ours[i];
      }
      normalised.parameters().set("batchnorm1." + roles[r], ours);
      file.put("batch_normalization_7/%s:0".formatted(theirs[r]), made, made.length);
    }
    assertSame(file.transfer(normalised), normalised);
  }

  @Test
  void aFilterAsLargeAsItsImageIsADenseLayer() {
    float[] made = new float[5 * CHANNELS * HEIGHT * WIDTH];
    float[] ours = model.parameters().get("linear1.weight");
    for (int o = 0; o < 5; o++) {
      for (int i = 0; i < ours.length / 5; i++) {
        made[hwc(i) * 5 + o] = ours[o * (ours.length / 5) + i];
      }
    }
    MadeFile file = keras().put("dense/kernel:0", made, HEIGHT, WIDTH, CHANNELS, 5);
    assertSame(file.transfer(model), model);
  }

  @Test
  void aNetworkThatPermutesItsImageFlattensAsItsAuthorDid() {
    Model permuted =
        MadeFile.random(
            Sequential.of(
                Conv2d.of(CHANNELS, 3),
                Permute.of(1, 2, 0),
                Activation.relu(),
                Flatten.of(),
                Linear.of(5)),
            Shape.of(2, HEIGHT + 2, WIDTH + 2));
    MadeFile file =
        new MadeFile()
            .putHwio("conv2d/kernel", permuted, "conv1.weight")
            .put("conv2d/bias", permuted, "conv1.bias")
            .putInOut("dense/kernel", permuted, "linear1.weight", i -> i)
            .put("dense/bias", permuted, "linear1.bias");
    assertSame(file.transfer(permuted), permuted);
    Model back =
        MadeFile.random(
            Sequential.of(
                Conv2d.of(CHANNELS, 3),
                Permute.of(1, 2, 0),
                Permute.of(2, 0, 1),
                Flatten.of(),
                Linear.of(5),
                Linear.of(3)),
            Shape.of(2, HEIGHT + 2, WIDTH + 2));
    back.specs()
        .forEach(spec -> back.parameters().set(spec.name(), model.parameters().get(spec.name())));
    assertSame(keras().transfer(back), back);
  }

  @Test
  void whatMatlabFlattensIsReordered() {
    float[] dense = model.parameters().get("linear1.weight");
    int inputs = CHANNELS * HEIGHT * WIDTH;
    float[] made = new float[dense.length];
    for (int at = 0; at < made.length; at++) {
      made[at - at % inputs + columns(at % inputs)] = dense[at];
    }
    MadeFile file =
        new MadeFile()
            .format("MATLAB 5")
            .putHwio("layers.1.weights", model, "conv1.weight")
            .put("layers.1.biases", model.parameters().get("conv1.bias"), CHANNELS, 1)
            .put("layers.4.weights", made, 5, inputs)
            .put("layers.4.biases", model.parameters().get("linear1.bias"), 5, 1)
            .put("layers.6.weights", model, "linear2.weight")
            .put("layers.6.biases", model.parameters().get("linear2.bias"), 3, 1);
    Transfer transfer = file.transfer(model);
    assertSame(transfer, model);
    assertThat(transfer.remarks()).isEmpty();
  }

  @Test
  void filtersOfPyTorchKeepTheirOrder() {
    MadeFile file = new MadeFile();
    model.specs().forEach(spec -> file.put("0." + spec.name(), model, spec.name()));
    Transfer transfer = file.transfer(model);
    assertSame(transfer, model);
    assertThat(transfer.moves()).allMatch(move -> move.steps().isEmpty());
    assertThat(transfer.remarks()).isEmpty();
  }

  @Test
  void whatNoFilterTellsIsRemarkedOnAndChosen() {
    Model dense =
        MadeFile.random(
            Sequential.of(Flatten.of(), Linear.of(5), Linear.of(3)),
            Shape.of(CHANNELS, HEIGHT, WIDTH));
    MadeFile file =
        new MadeFile()
            .putInOut("w1", dense, "linear1.weight", LayoutsTest::columns)
            .put("b1", dense, "linear1.bias")
            .put("w2", dense, "linear2.weight")
            .put("b2", dense, "linear2.bias");
    assertThat(file.transfer(dense).remarks())
        .containsExactly(
            "nothing in the file says how the image before \"linear1\" is flattened: taken as chw");
    Transfer chosen = file.transfer(dense, "cwh");
    assertSame(chosen, dense);
    assertThat(chosen.remarks()).isEmpty();
  }

  @Test
  void flippedFiltersAreATrueConvolution() {
    Transfer transfer = keras().transfer(model, "flip");
    float[] expected = model.parameters().get("conv1.weight");
    for (int filter = 0; filter < expected.length; filter += 9) {
      for (int tap = 0; tap < 4; tap++) {
        float kept = expected[filter + tap];
        expected[filter + tap] = expected[filter + 8 - tap];
        expected[filter + 8 - tap] = kept;
      }
    }
    assertThat(MadeFile.into(transfer, model).parameters().get("conv1.weight"))
        .containsExactly(expected);
    assertThat(transfer.moves().getFirst().changes())
        .containsExactly(Change.FROM_HWIO, Change.FLIPPED);
  }

  @Test
  void whatMayBeTheanosIsRemarkedOn() {
    MadeFile theano =
        new MadeFile()
            .put("arr_0", model, "conv1.weight")
            .put("arr_1", model, "conv1.bias")
            .putInOut("arr_2", model, "linear1.weight", i -> i)
            .put("arr_3", model, "linear1.bias")
            .putInOut("arr_4", model, "linear2.weight", i -> i)
            .put("arr_5", model, "linear2.bias");
    assertSame(theano.transfer(model), model);
    assertThat(theano.transfer(model).remarks())
        .containsExactly(
            "filters of O I H W beside matrices of (in, out) are Theano's custom, whose filters may have to be flipped: taken as they are");
    assertThat(theano.transfer(model, "flip").remarks()).isEmpty();
  }

  @Test
  void transposedPicturesGiveTheSameAnswers() {
    Model square =
        MadeFile.random(
            Sequential.of(Conv2d.of(3, 3), Activation.tanh(), Flatten.of(), Linear.of(4)),
            Shape.of(1, 5, 5));
    MadeFile file = new MadeFile();
    square.specs().forEach(spec -> file.put(spec.name(), square, spec.name()));
    float[] picture = new float[25];
    float[] other = new float[25];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (float) Math.sin(i);
      other[i % 5 * 5 + i / 5] = picture[i];
    }
    Model turned = MadeFile.into(file.transfer(square, "transposed"), square);
    try (Predictor theirs = Predictor.of(square);
        Predictor ours = Predictor.of(turned)) {
      assertThat(ours.predict(other)).isNotEqualTo(ours.predict(picture));
      float[] expected = theirs.predict(picture);
      float[] got = ours.predict(other);
      for (int i = 0; i < got.length; i++) {
        assertThat(got[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-5f));
      }
    }
  }

  @Test
  void classesOfAnotherOrderAreMovedAndMissingOnesAreZero() {
    float[] weight = model.parameters().get("linear2.weight");
    float[] bias = model.parameters().get("linear2.bias");
    Transfer moved = keras().transfer(model, Conventions.NONE.classes(List.of(1, 2, 0)));
    Model got = MadeFile.into(moved, model);
    assertThat(got.parameters().get("linear2.bias")).containsExactly(bias[2], bias[0], bias[1]);
    assertThat(got.parameters().get("linear2.weight"))
        .startsWith(Arrays.copyOfRange(weight, 10, 15))
        .endsWith(Arrays.copyOfRange(weight, 5, 10));
    MadeFile fewer =
        keras()
            .put("dense_1/kernel:0", new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 5, 2)
            .put("dense_1/bias:0", new float[] {11, 12}, 2);
    assertThatThrownBy(() -> fewer.transfer(model))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "made: its last layer has 2 outputs, but the network's has 3: say with the file's classes which class each stands for, or take a network of as many classes");
    Transfer filled = fewer.transfer(model, Conventions.NONE.classes(List.of(2, 0)));
    got = MadeFile.into(filled, model);
    assertThat(got.parameters().get("linear2.bias")).containsExactly(12, 0, 11);
    assertThat(got.parameters().get("linear2.weight"))
        .containsExactly(2, 4, 6, 8, 10, 0, 0, 0, 0, 0, 1, 3, 5, 7, 9);
    assertThat(filled.moves().getLast().steps().getLast().words())
        .isEqualTo("outputs put to their classes, 1 missing with output 0");
    assertThatThrownBy(() -> keras().transfer(model, Conventions.NONE.classes(List.of(1, 2, 3))))
        .hasMessage("The file's classes are said to include 3, but the network has 3, from 0");
  }

  private static final Model DENSE =
      MadeFile.random(Sequential.of(Linear.of(3), Linear.of(2)), Shape.of(4));

  /** Each row: the bias, then the weights. */
  private static float[] withBias(String layer, int out, boolean last) {
    float[] weight = DENSE.parameters().get(layer + ".weight");
    float[] bias = DENSE.parameters().get(layer + ".bias");
    List<Float> made = new ArrayList<>();
    int in = weight.length / out;
    for (int o = 0; o < out; o++) {
      if (!last) {
        made.add(bias[o]);
      }
      for (int i = 0; i < in; i++) {
        made.add(weight[o * in + i]);
      }
      if (last) {
        made.add(bias[o]);
      }
    }
    return floats(made);
  }

  private static float[] floats(List<Float> list) {
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = list.get(i);
    }
    return floats;
  }

  private static float[] turned(float[] matrix, int rows) {
    int columns = matrix.length / rows;
    float[] turned = new float[matrix.length];
    for (int at = 0; at < matrix.length; at++) {
      turned[at % columns * rows + at / columns] = matrix[at];
    }
    return turned;
  }

  @Test
  void aBiasWithinAMatrixIsCutOut() {
    MadeFile first =
        new MadeFile()
            .put("Theta1", withBias("linear1", 3, false), 3, 5)
            .put("Theta2", withBias("linear2", 2, false), 2, 4);
    Transfer transfer = first.transfer(DENSE);
    assertSame(transfer, DENSE);
    assertThat(transfer.moves().getFirst().steps().toString()).isEqualTo("[all but column 0]");
    assertThat(transfer.remarks())
        .containsExactly(
            "whether the bias within a matrix comes first or last cannot be known: taken as first");
    MadeFile last =
        new MadeFile()
            .put("Theta1", withBias("linear1", 3, true), 3, 5)
            .put("Theta2", withBias("linear2", 2, true), 2, 4);
    assertSame(last.transfer(DENSE, "bias-last"), DENSE);
    assertThat(last.transfer(DENSE, "bias-last").remarks()).isEmpty();
    MadeFile rows =
        new MadeFile()
            .put("w1", turned(withBias("linear1", 3, true), 3), 5, 3)
            .put("w2", turned(withBias("linear2", 2, true), 2), 4, 2);
    assertSame(rows.transfer(DENSE, "bias-last"), DENSE);
    MadeFile before =
        new MadeFile()
            .put("w1", turned(withBias("linear1", 3, false), 3), 5, 3)
            .put("w2", turned(withBias("linear2", 2, false), 2), 4, 2);
    assertSame(before.transfer(DENSE, "bias-first"), DENSE);
  }

  @Test
  void oneVectorIsCut() {
    List<Float> rows = new ArrayList<>();
    for (ParameterSpec spec : DENSE.specs()) {
      for (float value : DENSE.parameters().get(spec.name())) {
        rows.add(value);
      }
    }
    MadeFile torch = new MadeFile().put("vector", floats(rows), rows.size());
    assertSame(torch.transfer(DENSE), DENSE);
    assertThat(torch.transfer(DENSE).remarks())
        .containsExactly("how its one vector was unrolled cannot be known: taken as rows");
    List<Float> columns = new ArrayList<>();
    for (float value : turned(withBias("linear1", 3, false), 3)) {
      columns.add(value);
    }
    for (float value : turned(withBias("linear2", 2, false), 2)) {
      columns.add(value);
    }
    MadeFile octave =
        new MadeFile().format("Octave text").put("nn_params", floats(columns), columns.size(), 1);
    assertSame(octave.transfer(DENSE), DENSE);
    assertSame(octave.format("NumPy .npy").transfer(DENSE, "columns"), DENSE);
  }

  @Test
  void squareMatricesAreTurnedAsIsSaidOrRemarkedOn() {
    Model square = MadeFile.random(Sequential.of(Linear.of(3)), Shape.of(3));
    IntUnaryOperator same = i -> i;
    MadeFile file =
        new MadeFile()
            .putInOut("w", square, "linear1.weight", same)
            .put("b", square, "linear1.bias");
    assertSame(file.transfer(square, "in-out"), square);
    assertThat(file.transfer(square).remarks())
        .containsExactly(
            "\"w\" has sizes of which it cannot be known whether its outputs come first: taken as they are");
  }

  @Test
  void layoutsThatSayNothingOrContradictEachOtherAreRefused() {
    assertThatThrownBy(() ->
            new MadeFile()
                .put("linear1.weight", DENSE, "linear1.weight")
                .put("linear1.bias", DENSE, "linear1.bias")
                .put("linear2.weight", DENSE, "linear2.weight")
                .put("linear2.bias", DENSE, "linear2.bias")
                .transfer(DENSE, "flip"))
        .isInstanceOf(UserException.class)
        .hasMessage("The layout flip is about what this file and network have not: leave it out");
    assertThatThrownBy(() -> Conventions.of(List.of("chw", "hwc")))
        .hasMessage("A file has one of the layouts chw and hwc: leave one out");
    assertThatThrownBy(() -> Conventions.of(List.of("flop")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Unknown layout \"flop\"");
    assertThatThrownBy(() -> Conventions.NONE.classes(List.of(1, 1)))
        .hasMessage("The file's classes are whole numbers from 0, each once, but got 1 twice");
  }

  /** Of OpenCV's pictures: what reads the colours is turned, what comes after is not. */
  @Test
  void coloursOfTheOtherOrderAreReversed() {
    Model coloured =
        MadeFile.random(
            Sequential.of(Conv2d.of(3, 2), Activation.relu(), Conv2d.of(3, 2)), Shape.of(3, 4, 4));
    float[] first = coloured.parameters().get("conv1.weight");
    float[] theirs = new float[first.length];
    for (int o = 0; o < 3; o++) {
      for (int c = 0; c < 3; c++) {
        System.arraycopy(first, (3 * o + c) * 4, theirs, (3 * o + 2 - c) * 4, 4);
      }
    }
    MadeFile file =
        new MadeFile()
            .put("conv1.weight", theirs, 3, 3, 2, 2)
            .put("conv1.bias", coloured, "conv1.bias")
            .put("conv2.weight", coloured, "conv2.weight")
            .put("conv2.bias", coloured, "conv2.bias");
    Transfer transfer = file.transfer(coloured, "bgr");
    assertSame(transfer, coloured);
    assertThat(transfer.moves().getFirst().changes()).containsExactly(Change.COLOURS_REVERSED);
    assertThat(transfer.moves().get(2).changes()).isEmpty();
    assertThatThrownBy(() -> keras().transfer(model, "bgr"))
        .isInstanceOf(UserException.class)
        .hasMessage("The layout bgr is about what this file and network have not: leave it out");
  }
}
