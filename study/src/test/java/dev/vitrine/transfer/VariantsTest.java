package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Sequential;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files of the kinds for which the zoo has networks that no paper describes. */
class VariantsTest {
  private static void assertSame(Transfer transfer, Model expected) {
    Model got = MadeFile.into(transfer, expected);
    for (ParameterSpec spec : expected.specs()) {
      assertThat(got.parameters().get(spec.name()))
          .as(spec.name())
          .isEqualTo(expected.parameters().get(spec.name())); // not one by one: a million
    }
  }

  /**
   * {@code {conv1: [W, b], …}}: filters in H W I O, of a group as many inputs as it has, matrices
   * (in, out) whose inputs are flattened H W C. Small, but with what alexnet-toronto has.
   */
  @Test
  void torontosDictionary() {
    Model small =
        MadeFile.random(
            Sequential.of(
                Conv2d.of(4, 5).stride(2).same(true),
                Activation.relu(),
                LocalResponseNorm.undivided(2, 2e-5),
                MaxPool2d.of(3).stride(2),
                Conv2d.of(6, 3).same(true).groups(2),
                Activation.relu(),
                Flatten.of(),
                Named.of("fc6", Linear.of(8)),
                Activation.relu(),
                Named.of("fc7", Linear.of(8)),
                Named.of("fc8", Linear.of(5))),
            Shape.of(3, 11, 11));
    MadeFile file = new MadeFile();
    for (String layer : List.of("conv1", "conv2")) {
      file.putHwio(layer + ".0", small, layer + ".weight")
          .put(layer + ".1", small, layer + ".bias");
    }
    int pixels = 2 * 2;
    file.putInOut("fc6.0", small, "fc6.weight", i -> i % pixels * 6 + i / pixels)
        .put("fc6.1", small, "fc6.bias");
    for (String layer : List.of("fc7", "fc8")) {
      file.putInOut(layer + ".0", small, layer + ".weight", i -> i)
          .put(layer + ".1", small, layer + ".bias");
    }
    Transfer transfer = file.transfer(small);
    assertThat(transfer.leftOver()).isEmpty();
    assertSame(transfer, small);
  }

  /** With the two heads that it was trained with, which evaluation leaves out. */
  @Test
  void torchvisionsGoogLeNetWithItsHeads() {
    String name = "googlenet-torchvision";
    NetworkSpec spec = Zoo.find(name);
    Model model = MadeFile.random(spec.layers(), spec.input());
    List<String> ours = model.specs().stream().map(ParameterSpec::name).toList();
    Naming naming = TorchvisionNames.of(name, spec.layers(), ours);
    MadeFile file = new MadeFile().format("PyTorch");
    long learned = 0;
    for (ParameterSpec each : model.specs()) {
      file.put(naming.name().apply(each.name()), model, each.name());
      learned += each.role().learned() ? each.shape().elements() : 0;
    }
    for (int head = 1; head <= 2; head++) {
      String at = "aux" + head;
      int in = head == 1 ? 512 : 528;
      file.put(at + ".conv.conv.weight", new float[128 * in], 128, in, 1, 1);
      for (String role : List.of("weight", "bias", "running_mean", "running_var")) {
        file.put(at + ".conv.bn." + role, new float[128], 128);
      }
      file.put(at + ".fc1.weight", new float[1024 * 2048], 1024, 2048)
          .put(at + ".fc1.bias", new float[1024], 1024)
          .put(at + ".fc2.weight", new float[1000 * 1024], 1000, 1024)
          .put(at + ".fc2.bias", new float[1000], 1000);
      learned += 128L * in + 2 * 128 + 1024 * 2048 + 1024 + 1000 * 1024 + 1000;
    }
    assertThat(learned).isEqualTo(13_004_888);
    Model empty = Model.of(spec.layers(), spec.input());
    Transfer transfer = Transfer.of(file.weights(), name, empty, Optional.empty());
    assertThat(transfer.how()).isEqualTo("torchvision's names");
    assertThat(transfer.leftOver())
        .hasSize(2 * 9)
        .allMatch(place -> place.startsWith("aux1.") || place.startsWith("aux2."));
    assertSame(transfer, model);
  }

  /** Its names and shapes are all in ResNet-34's file. */
  @Test
  void aDeeperNetworksFileIsNotTheSmallersUnlessThatIsSaid() {
    NetworkSpec deep = Zoo.find("resnet34");
    NetworkSpec shallow = Zoo.find("resnet18");
    Model model = MadeFile.random(deep.layers(), deep.input());
    List<String> ours = model.specs().stream().map(ParameterSpec::name).toList();
    Naming naming = TorchvisionNames.of("resnet34", deep.layers(), ours);
    MadeFile file = new MadeFile().format("PyTorch");
    model.specs().forEach(each -> file.put(naming.name().apply(each.name()), model, each.name()));
    Conventions part = Conventions.of(List.of("part"));
    assertThatThrownBy(
            () -> Transfer.of(file.weights(), shallow, Optional.empty(), Conventions.NONE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "made: 16 of its layers, such as \"layer1.2.conv1\", are not the network's: it fits"
                + " resnet34: name that, or say the layout part if a part of it is meant");
    Transfer said = Transfer.of(file.weights(), shallow, Optional.empty(), part);
    assertThat(said.leftOver()).hasSize(16 * 5);
    assertThat(Recognition.of(file.weights(), Optional.empty()))
        .extracting(found -> found.network().name())
        .containsExactly("resnet34");
  }
}
