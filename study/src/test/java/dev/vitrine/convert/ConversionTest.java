package dev.vitrine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Polarities;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.format.Npz;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.run.TrainingStatus;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.WeightsListing;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionTest {
  private static final String NETWORK =
      "{\"name\": \"mine\", \"input\": [1, 8, 8], \"layers\": [{\"conv2d\": 4, \"kernel\": 3},"
          + " \"relu\", \"flatten\", {\"linear\": 5}]}";

  private static final TrainingStatus UNKNOWN =
      new TrainingStatus(TrainingStatus.State.UNKNOWN, OptionalLong.empty(), Optional.empty());

  @TempDir private Path box;

  private Path file(String name) {
    return box.resolve(name);
  }

  private Path networkFile() throws IOException {
    return Files.writeString(file("mine.json"), NETWORK);
  }

  /** Of three types, one of them below a place. */
  private Path mixed() {
    Path made = file("mixed.safetensors");
    Safetensors.write(
        made,
        List.of(
            TensorData.floats("net.weight", Shape.of(2, 3), new float[] {1, -2, 3, 4.5f, 0, -0f}),
            TensorData.of(
                "net.half",
                DType.F16,
                Shape.of(2),
                (chunk, from, count) -> {
                  for (int i = 0; i < count; i++) {
                    chunk.putShort(Float.floatToFloat16(0.1f * (from + i + 1)));
                  }
                }),
            TensorData.longs("steps", Shape.of(2), new long[] {7, Long.MIN_VALUE})),
        Map.of("by", "a test"));
    return made;
  }

  private static List<String> hashes(Path made) {
    return WeightsListing.of(Weights.read(made), Optional.empty()).tensors().stream()
        .map(row -> row.place() + " " + row.dtype() + " " + row.numbers().hash())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.safetensors", "b.npz", "b.pth", "b.PT"})
  void tensorsAsTheyAreAreTheSameBits(String name) {
    Path from = mixed();
    Conversion made = Conversion.asItIs(from, file(name), Optional.empty());
    assertThat(made.tensors()).isEqualTo(3);
    assertThat(made.numbers()).isEqualTo(10);
    assertThat(made.left()).containsExactly("__metadata__.by");
    assertThat(hashes(file(name))).isEqualTo(hashes(from));
  }

  @Test
  void numbersInAnotherTypeAreRoundedAndWholeOnesStay() {
    Conversion made =
        Conversion.asItIs(mixed(), file("b.pth"), Optional.empty(), Optional.of(DType.BF16));
    StoredTensor half = Weights.read(file("b.pth")).tensors().get("net.half");
    assertThat(half.dtype()).isEqualTo(DType.BF16);
    assertThat(half.doubles()).containsExactly(0.10009765625, 0.2001953125);
    Rounding rounding = made.rounding().orElseThrow();
    float fifth = Float.float16ToFloat(Float.floatToFloat16(0.2f));
    assertThat(rounding).isEqualTo(new Rounding(DType.BF16, 0.2001953125 - fifth, 0));
    assertThat(Weights.read(file("b.pth")).tensors().get("steps").longs())
        .containsExactly(7, Long.MIN_VALUE);
    assertThatThrownBy(() -> Conversion.asItIs(file("b.pth"), file("b.npz"), Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "NumPy has no type like BF16, which tensor \"net.weight\" has: say f32 as the type of numbers");
    Conversion wide =
        Conversion.asItIs(file("b.pth"), file("b.npz"), Optional.empty(), Optional.of(DType.F32));
    assertThat(wide.rounding()).contains(new Rounding(DType.F32, 0, 0));
    assertThat(Weights.read(file("b.npz")).tensors().get("net.half").doubles())
        .containsExactly(half.doubles());
  }

  @Test
  void aPartOfAFileLosesItsPlace() {
    Conversion.asItIs(mixed(), file("b.npz"), Optional.of("net"));
    assertThat(Weights.read(file("b.npz")).tensors()).containsOnlyKeys("weight", "half");
    Conversion.asItIs(mixed(), file("b.npy"), Optional.of("net.weight"));
    assertThat(Weights.read(file("b.npy")).tensors().values().iterator().next().floats())
        .containsExactly(1, -2, 3, 4.5f, 0, -0f);
  }

  /** Somebody else's numbers, and what is said of them, in a file that needs no more words. */
  @Test
  void aNetworkOpensByItself() throws IOException {
    Path network = networkFile();
    Model drawn =
        Model.of(
            NetworkFile.read(network).layers(),
            Shape.of(1, 8, 8),
            Initializer.kaimingNormal(),
            Seed.of(3));
    List<TensorData> tensors = new ArrayList<>();
    drawn
        .specs()
        .forEach(spec ->
            tensors.add(
                TensorData.floats(spec.name(), spec.shape(), drawn.parameters().get(spec.name()))));
    Npz.write(file("a.npz"), tensors);
    TrainedNetwork named =
        TrainedNetwork.open(file("a.npz"), Optional.of(network.toString()))
            .normalised(Normalisation.MNIST);
    Conversion made = Conversion.of(named, file("b.safetensors"));
    assertThat(made.tensors()).isEqualTo(4);
    Files.delete(network);
    TrainedNetwork alone = TrainedNetwork.open(file("b.safetensors"), Optional.empty());
    assertThat(alone.spec().layers()).isEqualTo(named.spec().layers());
    assertThat(alone.inputs()).isEqualTo(named.inputs());
    assertThat(alone.model().parameters().hash()).isEqualTo(drawn.parameters().hash());

    Conversion.of(alone, file("c.onnx"));
    float[] pixels = new float[64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 37 % 64) / 64f;
    }
    Model again = OnnxNetwork.open(file("c.onnx"), Optional.empty()).model();
    try (Predictor one = Predictor.of(drawn);
        Predictor other = Predictor.of(again)) {
      assertThat(other.predict(pixels)).isEqualTo(one.predict(pixels));
    }
    String first = OnnxModel.read(file("c.onnx")).graph().nodes().getFirst().outputs().getFirst();
    TrainedNetwork cut = TrainedNetwork.open(file("c.onnx"), Optional.empty()).endingIn(first);
    assertThat(cut.model().output()).isEqualTo(Shape.of(4, 6, 6));
    assertThat(cut.inputs()).isEqualTo(named.inputs());
    assertThatThrownBy(() -> alone.endingIn(first))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "An output is named of ONNX files, whose values have names, but %s is none: leave it out",
            file("b.safetensors"));
    assertThat(Conversion.knowsNetwork(file("b.safetensors"), file("x.npz"))).isTrue();
    assertThat(Conversion.knowsNetwork(file("a.npz"), file("x.npz"))).isFalse();
    assertThat(Conversion.knowsNetwork(file("c.onnx"), file("x.npz"))).isFalse();
    assertThat(Conversion.knowsNetwork(file("c.onnx"), file("x.onnx"))).isTrue();
  }

  @Test
  void aTensorOfNoNumbersIsLeft() throws IOException {
    byte[] header =
        "{\"none\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[0,0]},\"one\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).putFloat(2.5f);
    Path from = Files.write(file("empty.safetensors"), bytes.array());
    Conversion made = Conversion.asItIs(from, file("b.npz"), Optional.empty());
    assertThat(made.left()).containsExactly("none");
    assertThat(Weights.read(file("b.npz")).tensors()).containsOnlyKeys("one");
  }

  @Test
  void aNegativeVarianceIsNamed() throws IOException {
    Path network =
        Files.writeString(
            file("bn.json"),
            "{\"input\": [2, 3, 3], \"layers\": [{\"batchnorm\": true, \"name\": \"n\"}]}");
    Npz.write(
        file("bn.npz"),
        List.of(
            TensorData.floats("n.weight", Shape.of(2), new float[] {1, 1}),
            TensorData.floats("n.bias", Shape.of(2), new float[2]),
            TensorData.floats("n.running_mean", Shape.of(2), new float[2]),
            TensorData.floats("n.running_var", Shape.of(2), new float[] {0, -0.5f})));
    refused(
        () -> TrainedNetwork.open(file("bn.npz"), Optional.of(network.toString())).model(),
        file("bn.npz")
            + ": \"n.running_var\" has a variance of -0.5, but a variance is 0 or more: the numbers are"
            + " of something else, or damaged");
  }

  /** What a run knows of its inputs is not refused as somebody else's word. */
  @Test
  void anOnnxFileOfARunMayEndElsewhere() throws IOException {
    NetworkSpec spec = NetworkFile.read(networkFile());
    Model drawn = Model.of(spec.layers(), spec.input(), Initializer.kaimingNormal(), Seed.of(3));
    InputFacts known =
        new InputFacts(
            Optional.of(Normalisation.MNIST), Optional.of(new Polarities(1, 0)), Optional.empty());
    TrainedNetwork network =
        new TrainedNetwork(
            file("a"), spec, file("a"), known, Optional.empty(), UNKNOWN, Optional.empty());
    network.writeOnnx(drawn, file("c.onnx"));
    TrainedNetwork onnx = TrainedNetwork.open(file("c.onnx"), Optional.empty());
    assertThat(onnx.inputs()).isEqualTo(known);
    String first = OnnxModel.read(file("c.onnx")).graph().nodes().getFirst().outputs().getFirst();
    assertThat(onnx.endingIn(first).inputs()).isEqualTo(known);
  }

  /** One for other classes than its paper's is built for them again. */
  @Test
  void aNamedNetworkKeepsItsName() {
    NetworkSpec spec = Zoo.find("lenet", Shape.of(1, 20, 20), 4);
    Model drawn = Model.of(spec.layers(), spec.input(), Initializer.kaimingNormal(), Seed.of(3));
    TrainedNetwork network =
        new TrainedNetwork(
            file("a"),
            spec,
            file("a"),
            InputFacts.NONE,
            Optional.empty(),
            UNKNOWN,
            Optional.empty());
    network.write(drawn, file("b.safetensors"));
    TrainedNetwork alone = TrainedNetwork.open(file("b.safetensors"), Optional.empty());
    assertThat(alone.spec()).isEqualTo(spec);
    assertThat(Weights.read(file("b.safetensors")).notes())
        .containsEntry("built_for", "1x20x20, 4 classes")
        .doesNotContainKey("network");
  }

  @Test
  void whatCannotBeIsSaid() throws IOException {
    Path from = mixed();
    refused(
        () -> Conversion.asItIs(from, file("b.bin"), Optional.empty()),
        "A file of weights is written as .safetensors, .npz, .npy, .pth, .pt or .onnx, by its ending,"
            + " but got "
            + file("b.bin"));
    refused(
        () -> Conversion.asItIs(from, from, Optional.empty()),
        from + " would be replaced while it is read: choose another name");
    refused(
        () -> Conversion.asItIs(from, file("b.onnx"), Optional.empty()),
        "An ONNX file holds a network, but " + from + " only tensors");
    refused(
        () -> Conversion.asItIs(from, file("b.npy"), Optional.empty()),
        file("b.npy") + " holds one array, but there are 3 tensors, such as ");
    assertThat(file("b.npy")).doesNotExist();
    assertThat(file("b.onnx")).doesNotExist();
    Path half = file("bf16.safetensors");
    Safetensors.write(
        half,
        List.of(
            TensorData.of(
                "b", DType.BF16, Shape.of(1), (chunk, at, count) -> chunk.putShort((short) 0))),
        Map.of());
    refused(() -> Conversion.asItIs(half, file("b.npz"), Optional.empty()), "NumPy has no ");
    assertThat(file("b.npz")).doesNotExist();
  }

  private static void refused(Runnable call, String sentence) {
    assertThatThrownBy(call::run).isInstanceOf(UserException.class).message().contains(sentence);
  }
}
