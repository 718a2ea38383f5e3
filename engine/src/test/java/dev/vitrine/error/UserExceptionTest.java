package dev.vitrine.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserExceptionTest {
  private static final List<String> MODELS = List.of("lenet", "mlp", "cnn32-64");

  @ParameterizedTest
  @CsvSource({"lenett,lenet", "elnet,lenet", "LeNet,lenet", "mpl,mlp", "cn32-46,cnn32-64"})
  void suggestsTheNearestName(String typed, String meant) {
    assertThat(UserException.unknown("model", typed, MODELS))
        .hasMessage("Unknown model '%s'; did you mean '%s'?", typed, meant);
  }

  @ParameterizedTest
  @CsvSource({"resnet50", "x", "''"})
  void listsTheNamesWhereNoneIsNear(String typed) {
    assertThat(UserException.unknown("model", typed, MODELS))
        .hasMessage("Unknown model '%s'; known: lenet, mlp, cnn32-64", typed);
  }

  @Test
  void firstOfEquallyNearNamesWins() {
    assertThat(Nearest.match("cat", List.of("bat", "rat"))).contains("bat");
  }
}
