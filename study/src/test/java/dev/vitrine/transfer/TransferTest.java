package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
  @TempDir private Path folder;
  private final List<TensorData> tensors = new ArrayList<>();
  private Model model;

  @BeforeEach
  void network() {
    model =
        Model.of(
            Sequential.of(
                Conv2d.of(2, 3), Activation.relu(), Flatten.of(), Linear.of(4), Linear.of(3)),
            Shape.of(1, 4, 4));
  }

  private void put(String name, int... sizes) {
    float[] values = new float[Shape.of(sizes).elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 * tensors.size() + i;
    }
    tensors.add(TensorData.floats(name, Shape.of(sizes), values));
  }

  private Transfer transfer(String... key) {
    Path file = folder.resolve("weights.bin");
    Safetensors.write(file, tensors, Map.of());
    return Transfer.of(
        Weights.read(file), "own", model, Optional.of(key).map(k -> k.length == 0 ? null : k[0]));
  }

  private float[] of(Transfer transfer, String parameter) {
    transfer.into(model);
    return model.parameters().get(parameter);
  }

  private void putOurs(String prefix) {
    put(prefix + "conv1.weight", 2, 1, 3, 3);
    put(prefix + "conv1.bias", 2);
    put(prefix + "linear1.weight", 4, 8);
    put(prefix + "linear1.bias", 4);
    put(prefix + "linear2.weight", 3, 4);
    put(prefix + "linear2.bias", 3);
  }

  @Test
  void namesDecideAndWhatAllBeginWithIsLeftOut() {
    putOurs("module.model.");
    put("module.model.extra", 5);
    Transfer transfer = transfer();
    assertThat(transfer.how()).isEqualTo("Vitrine's names");
    assertThat(transfer.moves()).hasSize(6).allMatch(move -> move.steps().isEmpty());
    assertThat(transfer.renamed()).containsEntry("linear1.bias", "module.model.linear1.bias");
    assertThat(transfer.leftOver()).containsExactly("module.model.extra");
    assertThat(of(transfer, "linear2.bias")).containsExactly(500, 501, 502);
  }

  @Test
  void shapesDecideWhereNamesAreNobodys() {
    put("block1/kernel", 3, 3, 1, 2);
    put("block1/bias", 1, 2);
    put("block2/kernel", 8, 4);
    put("block2/bias", 4);
    put("block10/kernel", 4, 3);
    put("block10/bias", 3);
    Transfer transfer = transfer();
    assertThat(transfer.moves())
        .extracting(Move::changes)
        .containsExactly(
            List.of(Change.FROM_HWIO),
            List.of(Change.RESHAPED),
            List.of(Change.TRANSPOSED, Change.INPUTS_REORDERED),
            List.of(),
            List.of(Change.TRANSPOSED),
            List.of());
    assertThat(of(transfer, "conv1.weight")).startsWith(0, 2, 4).endsWith(13, 15, 17);
    assertThat(of(transfer, "linear1.weight"))
        .startsWith(200, 208, 216, 224, 204, 212, 220, 228, 201);
    assertThat(of(transfer, "linear2.weight")).startsWith(400, 403, 406, 409, 401);
  }

  @Test
  void aSquareMatrixIsTurnedAsTheOthersAre() {
    model = Model.of(Sequential.of(Linear.of(2), Linear.of(2), Linear.of(2)), Shape.of(3));
    put("dense1/kernel", 3, 2);
    put("dense1/bias", 2);
    put("dense2/kernel", 2, 2);
    put("dense2/bias", 2);
    put("dense3/kernel", 2, 2);
    put("dense3/bias", 2);
    assertThat(of(transfer(), "linear2.weight")).containsExactly(200, 202, 201, 203);
  }

  /** The first layer's number is the highest, so the others' do not go up either. */
  @Test
  void numbersThatGoDownAlongTheNetworkAreNotTakenUpwards() {
    model = Model.of(Sequential.of(Linear.of(2), Linear.of(2), Linear.of(2)), Shape.of(3));
    for (int number = 3; number > 0; number--) {
      put("dense" + number + ".weight", 2, number == 3 ? 3 : 2);
      put("dense" + number + ".bias", 2);
    }
    assertThatThrownBy(this::transfer)
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "which of its layers are the network's \"linear2\" and \"linear3\" cannot be told: \"dense1\" and \"dense2\" fit by shape, and by their numbers would be in this order, but \"dense3\", which is the network's \"linear1\", stands before \"dense1\", its \"linear2\": name the network's layers as the file does");
  }

  @Test
  void whatNumbersAloneDecideIsSaid() {
    model = Model.of(Sequential.of(Linear.of(2), Linear.of(2), Linear.of(2)), Shape.of(3));
    for (int number = 7; number < 10; number++) {
      put("dense" + number + ".weight", 2, number == 7 ? 3 : 2);
      put("dense" + number + ".bias", 2);
    }
    assertThat(transfer().remarks())
        .contains(
            "\"dense8\" and \"dense9\" have one shape: taken as \"linear2\" and \"linear3\", by nothing but the numbers in their names");
  }

  @Test
  void numbersThatAreTheNetworksOwnNeedNoRemark() {
    model = Model.of(Sequential.of(Linear.of(2), Linear.of(2), Linear.of(2)), Shape.of(3));
    for (int number = 1; number < 4; number++) {
      put("dense" + number + ".weight", 2, number == 1 ? 3 : 2);
      put("dense" + number + ".bias", 2);
    }
    assertThat(transfer().remarks()).isEmpty();
  }

  @Test
  void tensorsWhoseShapesAreAllDifferentNeedNoNames() {
    model = Model.of(Sequential.of(Linear.of(4), Linear.of(3)), Shape.of(5));
    put("a", 3);
    put("b", 3, 4);
    put("c", 4);
    put("d", 4, 5);
    assertThat(transfer().renamed())
        .containsExactly(
            Map.entry("linear1.weight", "d"),
            Map.entry("linear1.bias", "c"),
            Map.entry("linear2.weight", "b"),
            Map.entry("linear2.bias", "a"));
  }

  @Test
  void tensorsThatFitButCannotBeToldApartAreShown() {
    model = Model.of(Sequential.of(Linear.of(4), Linear.of(4)), Shape.of(5));
    put("a", 4, 5);
    put("b", 4);
    put("c", 4, 4);
    put("d", 4);
    assertThatThrownBy(this::transfer)
        .hasMessageEndingWith(
            "its tensors \"b\" and \"d\" both fit the network's \"linear1.bias\" of (4) by shape, and their names do not tell which it is: name the network's layers as the file does");
  }

  @Test
  void twoPartsThatFitAreAnError() {
    putOurs("ema.");
    putOurs("net.");
    assertThatThrownBy(this::transfer)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("fit the network");
  }

  @Test
  void layersWithoutNumbersAreNotGuessed() {
    model = Model.of(Sequential.of(Linear.of(4), Linear.of(4), Linear.of(4)), Shape.of(4));
    for (String name : List.of("alpha", "beta", "gamma")) {
      put(name + ".weight", 4, 4);
      put(name + ".bias", 4);
    }
    assertThatThrownBy(this::transfer)
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "which of its layers are the network's \"linear1\", \"linear2\", \"linear3\" cannot be told: \"alpha\", \"beta\", \"gamma\" fit by shape, and no number in their names decides: name the network's layers as the file does");
  }

  @Test
  void whatIsMissingOrOfAnotherShapeIsSaid() {
    putOurs("");
    tensors.removeLast();
    assertThatThrownBy(this::transfer)
        .hasMessageContaining("5 of the network's 6 parameters, but \"linear2.bias\" is missing");
    put("linear2.bias", 4);
    assertThatThrownBy(this::transfer)
        .hasMessageContaining("tensor \"linear2.bias\" expects (3), but has (4)");
  }
}
