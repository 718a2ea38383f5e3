package dev.vitrine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.format.Json;
import dev.vitrine.format.Npy;
import dev.vitrine.format.Npz;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.run.Flaw;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network of two inputs and three outputs: y = Wx + b. */
class CertificateTest {
  private static final String NETWORK =
      "{\"name\": \"two\", \"input\": [2], \"layers\": [{\"linear\": 3}]}";

  private static final float[] WEIGHT = {1, 2, 3, -4, 0.5f, 0.25f};
  private static final float[] BIAS = {0, 1, -1};

  @TempDir private Path box;
  private TrainedNetwork original;

  @BeforeEach
  void original() throws IOException {
    Files.writeString(box.resolve("two.json"), NETWORK);
    original = open(write("original.npz", WEIGHT));
  }

  private Path write(String name, float... weight) {
    return write(name, Shape.of(3, 2), weight);
  }

  private Path write(String name, Shape shape, float[] weight) {
    Path file = box.resolve(name);
    Npz.write(
        file,
        List.of(
            TensorData.floats("linear1.weight", shape, weight),
            TensorData.floats("linear1.bias", Shape.of(3), BIAS)));
    return file;
  }

  private TrainedNetwork open(Path file) {
    return TrainedNetwork.open(file, Optional.of(box.resolve("two.json").toString()));
  }

  private Certificate random(Path made) {
    return Parity.random(original, 6).of(made, text -> {});
  }

  private Certificate stored(Path made) {
    return Parity.stored(original, box).of(made, text -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"made.safetensors", "made.npz", "made.pth", "made.onnx"})
  void whatIsConvertedComputesTheSame(String name) {
    Path made = box.resolve(name);
    Conversion.of(original, made);
    Certificate found = random(made);
    assertThat(found.isEqual()).isTrue();
    assertThat(found.examples()).isEqualTo(6);
    assertThat(found.outputs().getFirst().stored()).isZero();
    assertThat(found.outputs().getFirst().top()).isEqualTo(3);
    assertThat(found.outputs().getFirst().topEqual()).isEqualTo(6);
    assertThat(found.outputs().getFirst().relative()).isLessThan(1e-6);
  }

  @Test
  void aNumberThatIsAnotherShows() {
    float[] other = WEIGHT.clone();
    other[0] = 1.01f;
    Certificate found = random(write("made.npz", other));
    assertThat(found.isEqual()).isFalse();
    assertThat(found.outputs().getFirst().relative()).isBetween(1e-4, 1e-2);
  }

  @Test
  void whatIsNoNumberIsNeverEqualAndIsKept() {
    float[] other = WEIGHT.clone();
    other[3] = Float.NaN;
    Certificate found = random(write("made.npz", other));
    assertThat(found.isEqual()).isFalse();
    assertThat(found.outputs().getFirst().absolute()).isNaN();
    Path kept = box.resolve("kept.json");
    Json.write(kept, found.toJson());
    assertThat(Json.read(kept).bool("equal")).isFalse();
  }

  /** One output is infinite, as in the original; the others are measured without it. */
  @Test
  void anInfiniteOutputHidesNoDifference() {
    Npy.write(box.resolve("input_0.npy"), Shape.of(2), new float[] {1, 1});
    Path output = box.resolve("output_0.npy");
    float[] endless = {1, 2, Float.MAX_VALUE, Float.MAX_VALUE, 0, 0.25f};
    Path made = write("made.npz", endless);
    Npy.write(output, Shape.of(3), new float[] {3, Float.POSITIVE_INFINITY, -0.75f});
    assertThat(stored(made).isEqual()).isTrue();
    Npy.write(output, Shape.of(3), new float[] {2, Float.POSITIVE_INFINITY, -0.75f});
    Certificate off = stored(made);
    assertThat(off.isEqual()).isFalse();
    assertThat(off.outputs().getFirst().relative()).isEqualTo(0.5);
    Npy.write(output, Shape.of(3), new float[] {3, 9, -0.75f});
    Certificate finite = stored(made);
    assertThat(finite.isEqual()).isFalse();
    assertThat(finite.outputs().getFirst().absolute()).isInfinite();
    Npy.write(output, Shape.of(3), new float[] {3, Float.NaN, -0.75f});
    assertThat(stored(made).outputs().getFirst().topEqual()).isZero();
  }

  @Test
  void whatSinglePrecisionDoesNotHoldIsToldAndNotCertified() {
    Path file = box.resolve("large.npz");
    double[] bias = {0, 1e300, -1};
    Npz.write(
        file,
        List.of(
            TensorData.floats("linear1.weight", Shape.of(3, 2), WEIGHT),
            TensorData.of(
                "linear1.bias",
                DType.F64,
                Shape.of(3),
                (chunk, from, count) -> chunk.asDoubleBuffer().put(bias, from, count))));
    TrainedNetwork large = open(file);
    assertThat(large.load().reading().flaws()).containsExactly(new Flaw("linear1.bias", 0, 1, 1));
    assertThatThrownBy(() -> Parity.random(large, 1))
        .hasMessage(
            file
                + ": tensor \"linear1.bias\" has 1 number that is too large for single precision, where it is infinite: a network with it cannot be equal to the original");
  }

  @Test
  void numbersInSeveralFilesOpenAsThoseInOneDo() throws IOException {
    Path folder = Files.createDirectory(box.resolve("shards"));
    Safetensors.write(
        folder.resolve("1.safetensors"),
        List.of(TensorData.floats("linear1.weight", Shape.of(3, 2), WEIGHT)),
        Map.of());
    Safetensors.write(
        folder.resolve("2.safetensors"),
        List.of(TensorData.floats("linear1.bias", Shape.of(3), BIAS)),
        Map.of());
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(
        index,
        "{\"weight_map\": {\"linear1.weight\": \"1.safetensors\", \"linear1.bias\": \"2.safetensors\"}}");
    for (Path path : List.of(folder, index)) {
      assertThat(open(path).model().parameters().hash())
          .isEqualTo(original.model().parameters().hash());
      Path made = box.resolve("whole.safetensors");
      original = open(path);
      Conversion.of(original, made);
      assertThat(random(made).isEqual()).isTrue();
    }
  }

  /** Channels last, as other programs have them, are other pictures. */
  @Test
  void examplesOfOtherAxesAreRefused() throws IOException {
    Files.writeString(
        box.resolve("two.json"),
        "{\"input\": [2, 3, 3], \"layers\": [\"flatten\", {\"linear\": 3, \"name\": \"linear1\"}]}");
    Path file = write("images.npz", Shape.of(3, 18), new float[54]);
    original = open(file);
    Path input = box.resolve("input_0.npy");
    for (Shape good : List.of(Shape.of(2, 2, 3, 3), Shape.of(2, 18), Shape.of(36))) {
      Npy.write(input, good, new float[36]);
      assertThat(stored(file).examples()).isEqualTo(2);
    }
    Npy.write(input, Shape.of(2, 3, 3, 2), new float[36]);
    assertThatThrownBy(() -> stored(file))
        .hasMessage(
            input
                + " is of [2, 3, 3, 2], but expected is (2, 3, 3) for each of 2: the network's input");
  }

  @Test
  void storedOutputsCountAsTheOriginal() {
    Npy.write(box.resolve("input_0.npy"), Shape.of(2, 2), new float[] {1, 1, 0, 2});
    Npy.write(
        box.resolve("output_0.npy"), Shape.of(2, 3), new float[] {3, 0, -0.25f, 4, -7, -0.5f});
    Certificate found = stored(box.resolve("original.npz"));
    assertThat(found.outputs().getFirst().stored()).isEqualTo(2);
    assertThat(found.outputs().getFirst().absolute()).isZero();
    Npy.write(box.resolve("output_0.npy"), Shape.of(2, 3), new float[] {3, 0, -0.25f, 4, -7, 5});
    Certificate off = stored(box.resolve("original.npz"));
    assertThat(off.outputs().getFirst().absolute()).isEqualTo(5.5);
    assertThat(off.outputs().getFirst().relative()).isEqualTo(5.5 / 7);
    assertThat(off.outputs().getFirst().topEqual()).isEqualTo(1);
  }

  @Test
  void withoutStoredOutputsTheInterpreterAnswers() throws IOException {
    Path set = Files.createDirectory(box.resolve("test_data_set_0"));
    Npy.write(set.resolve("input_0.npy"), Shape.of(2), new float[] {1, 1});
    Certificate found = stored(box.resolve("original.npz"));
    assertThat(found.examples()).isEqualTo(1);
    assertThat(found.outputs().getFirst().stored()).isZero();
    assertThat(found.isEqual()).isTrue();
  }

  @Test
  void mistakesAreNamed() throws IOException {
    Path made = box.resolve("original.npz");
    assertThatThrownBy(() -> stored(made))
        .isInstanceOf(UserException.class)
        .hasMessage(box + " holds no input_0.pb or input_0.npy");
    Path input = box.resolve("input_0.npy");
    Npy.write(input, Shape.of(3), new float[3]);
    assertThatThrownBy(() -> stored(made))
        .hasMessage(input + " holds 3 numbers, but an example of the network's input has 2");
    Npy.write(input, Shape.of(4), new float[4]);
    Path output = box.resolve("output_0.npy");
    Npy.write(output, Shape.of(3), new float[3]);
    assertThatThrownBy(() -> stored(made))
        .hasMessage(
            output + " holds 3 numbers, but expected are 3 for each of 2: the network's output");
    Npy.write(output, Shape.of(2, 3), new float[6]);
    Path further = box.resolve("output_1.npy");
    Npy.write(further, Shape.of(2, 3), new float[6]);
    assertThatThrownBy(() -> stored(made))
        .hasMessage(further + " is an output too many: the network has 1");
    Files.delete(further);
    Path twice = Files.copy(input, box.resolve("input_0.pb"));
    assertThatThrownBy(() -> stored(made))
        .hasMessage("%s and %s are one example twice: leave one out".formatted(twice, input));
    Files.delete(twice);
    Npy.write(box.resolve("input_1.npy"), Shape.of(2), new float[2]);
    assertThatThrownBy(() -> stored(made))
        .hasMessage(box.resolve("input_1.npy") + " is an input too many: the network has 1");
    assertThatThrownBy(() -> Parity.random(original, 0))
        .hasMessage("The number of random inputs expects 1 or more, but got 0");
  }
}
