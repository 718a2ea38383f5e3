package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.zoo.Zoo;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the right names and sizes; all their numbers are one and the same four bytes. */
class RecognitionTest {
  private static final MemorySegment NUMBER = MemorySegment.ofArray(new float[1]);

  private static Weights file(NetworkSpec spec, UnaryOperator<String> name) {
    Map<String, Stored> members = new LinkedHashMap<>();
    Wiring.of(spec.layers(), spec.input())
        .specs()
        .forEach(it -> members.put(name.apply(it.name()), tensor(it.shape().sizes())));
    return new Weights(Path.of("made"), "made", Stored.Group.of(members));
  }

  static Stored tensor(int... sizes) {
    List<Long> dims = Arrays.stream(sizes).mapToObj(Long::valueOf).toList();
    return new Stored.Numbers(
        StoredTensor.of(DType.F32, ByteOrder.nativeOrder(), dims, new long[sizes.length], NUMBER));
  }

  private static List<String> names(Weights file) {
    return Recognition.of(file, Optional.empty()).stream()
        .map(found -> found.network().name())
        .toList();
  }

  static List<String> networks() {
    return Zoo.all().stream()
        .filter(spec -> !Wiring.of(spec.layers(), spec.input()).specs().isEmpty())
        .map(NetworkSpec::name)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyNetworkOfTheZooFitsItsOwnFile(String name) {
    assertThat(names(file(Zoo.find(name), parameter -> "module." + parameter))).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alexnet-torchvision",
        "vgg11",
        "vgg16-bn",
        "vgg19",
        "resnet34",
        "resnet50",
        "squeezenet"
      })
  void torchvisionsNamesFit(String name) {
    NetworkSpec spec = Zoo.find(name);
    List<String> parameters =
        Wiring.of(spec.layers(), spec.input()).specs().stream().map(it -> it.name()).toList();
    Weights file = file(spec, TorchvisionNames.of(name, spec.layers(), parameters).name());
    List<Recognition> found = Recognition.of(file, Optional.empty());
    assertThat(found).extracting(it -> it.network().name()).contains(name);
    assertThat(found.getFirst().classes()).isEqualTo(1000);
    assertThat(found.getFirst().transfer().how()).isEqualTo("torchvision's names");
    assertThat(found.getFirst().transfer().leftOver()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "googlenet, /, _w_0, _b_0",
    "googlenet, /, .0, .1",
    "googlenet-aux, /, .0, .1",
    "squeezenet, /, _w_0, _b_0",
    "squeezenet, ., .0, .1"
  })
  void caffesNamesFit(String name, String slash, String weight, String bias) {
    UnaryOperator<String> theirs =
        ours -> {
          String layer = Names.stem(CaffeNames.of(name).orElseThrow().name().apply(ours));
          return layer.replace(".", slash) + (ours.endsWith("weight") ? weight : bias);
        };
    Weights file = file(Zoo.find(name), theirs);
    if (name.startsWith("googlenet")) {
      assertThat(file.tensors())
          .containsKey("inception_4c/3x3_reduce" + weight)
          .containsKey("inception_5b/pool_proj" + bias)
          .containsKey("conv1/7x7_s2" + weight)
          .containsKey("loss3/classifier" + bias);
    } else {
      assertThat(file.tensors())
          .containsKey("fire9" + slash + "expand3x3" + weight)
          .containsKey("fire2" + slash + "squeeze1x1" + bias)
          .containsKey("conv10" + weight);
    }
    List<Recognition> found = Recognition.of(file, Optional.empty());
    assertThat(found).extracting(it -> it.network().name()).containsExactly(name);
    assertThat(found.getFirst().transfer().how()).isEqualTo("Caffe's names");
  }

  /** Keras' VGG-16 and Toronto's AlexNet: H W I O, (in, out), their own names. */
  @ParameterizedTest
  @CsvSource({
    "vgg16, block1_conv1 block1_conv2 block2_conv1 block2_conv2 block3_conv1 block3_conv2 block3_conv3 block4_conv1 block4_conv2 block4_conv3 block5_conv1 block5_conv2 block5_conv3 fc1 fc2 predictions, /kernel:0, /bias:0, 'inputs from hwc'",
    "alexnet-grouped, conv1 conv2 conv3 conv4 conv5 fc6 fc7 fc8, .0, .1, 'inputs from hwc'"
  })
  void tensorFlowsOrdersFit(
      String name, String layers, String weight, String bias, String reordered) {
    NetworkSpec spec = Zoo.find(name);
    List<String> theirs = List.of(layers.split(" "));
    Map<String, Stored> members = new LinkedHashMap<>();
    List<List<ParameterSpec>> ours =
        List.copyOf(Wiring.of(spec.layers(), spec.input()).layers().values());
    for (int i = 0; i < theirs.size(); i++) {
      Shape w = ours.get(i).getFirst().shape();
      int[] d = w.sizes();
      members.put(
          theirs.get(i) + weight,
          w.rank() == 2 ? tensor(d[1], d[0]) : tensor(d[2], d[3], d[1], d[0]));
      members.put(theirs.get(i) + bias, tensor(d[0]));
    }
    Weights file = new Weights(Path.of("made"), "made", Stored.Group.of(members));
    List<Recognition> found = Recognition.of(file, Optional.empty());
    assertThat(found).extracting(it -> it.network().name()).contains(name);
    Transfer transfer = Transfer.of(file, spec, Optional.empty(), Conventions.NONE);
    assertThat(transfer.remarks()).isEmpty();
    List<Move> moves =
        transfer.moves().stream().filter(move -> move.to().endsWith("weight")).toList();
    assertThat(moves)
        .extracting(Move::from)
        .containsExactlyElementsOf(theirs.stream().map(layer -> layer + weight).toList());
    assertThat(moves)
        .filteredOn(move -> move.changes().contains(Change.INPUTS_REORDERED))
        .singleElement()
        .satisfies(move -> {
          assertThat(move.shape().size(0)).isEqualTo(4096);
          assertThat(move.shape().size(1)).isNotEqualTo(4096);
          assertThat(move.steps().getLast().words()).isEqualTo(reordered);
        });
  }

  @Test
  void otherClassesAndColoursFit() {
    NetworkSpec spec = Zoo.find("resnet18", Shape.of(1, 224, 224), 7);
    Recognition found = Recognition.of(file(spec, name -> name), Optional.empty()).getFirst();
    assertThat(found.network().name()).isEqualTo("resnet18");
    assertThat(found.classes()).isEqualTo(7);
    assertThat(found.network().input()).isEqualTo(Shape.of(1, 224, 224));
  }

  @Test
  void sizesAloneAreNotEnough() {
    Weights file = file(Zoo.find("resnet18"), name -> "x" + name.hashCode() + ".weight");
    assertThat(names(file)).isEmpty();
  }

  @Test
  void onlyAPlaceIsLookedAt() {
    Map<String, Stored> members = new LinkedHashMap<>();
    members.put("net", file(Zoo.find("lenet"), name -> name).root());
    members.put("step", tensor(1));
    Weights file = new Weights(Path.of("made"), "made", Stored.Group.of(members));
    assertThat(Recognition.of(file, Optional.of("net")))
        .extracting(it -> it.network().name())
        .contains("lenet");
    assertThatThrownBy(() -> Recognition.of(file, Optional.of("met")))
        .isInstanceOf(UserException.class);
  }
}
