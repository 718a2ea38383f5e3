package dev.vitrine.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserExceptionTest {
  private static final List<String> MODELS = List.of("lenet", "mlp", "cnn32-64");

  @ParameterizedTest
  @CsvSource({"lenett,lenet", "elnet,lenet", "LeNet,lenet", "mpl,mlp", "cn32-46,cnn32-64"})
  void suggestsTheNearestName(String typed, String meant) {
    assertThat(UserException.unknown("model", typed, MODELS))
        .hasMessage("Unknown model \"%s\"; did you mean \"%s\"?", typed, meant);
  }

  @ParameterizedTest
  @CsvSource({"resnet50", "x", "''"})
  void listsTheNamesWhereNoneIsNear(String typed) {
    assertThat(UserException.unknown("model", typed, MODELS))
        .hasMessage("Unknown model \"%s\"; known: lenet, mlp, cnn32-64", typed);
  }

  @Test
  void ofManyNamesSaysAFew() {
    List<String> many = IntStream.range(0, 161).mapToObj(i -> "layer" + i).toList();
    assertThat(UserException.unknown("layer", "x", many))
        .hasMessage(
            "Unknown layer \"x\"; known: layer0, layer1, layer2, layer3, layer4, layer5, layer6,"
                + " layer7, and 153 more");
  }

  @Test
  void firstOfEquallyNearNamesWins() {
    assertThat(Nearest.match("cat", List.of("bat", "rat"))).contains("bat");
  }

  @Test
  void whatWasBegunIsCompleted() {
    List<String> names = List.of("lenet", "resnet50", "resnet18", "resnet101");
    assertThat(Nearest.match("resnet", names)).contains("resnet50");
    assertThat(Nearest.match("RESNET1", names)).contains("resnet18");
    assertThat(Nearest.match("re", names)).isEmpty();
    assertThat(Nearest.match("resnt18", names)).contains("resnet18");
    List<String> starts = List.of("lecun-uniform", "lecun-normal", "xavier-uniform-wide", "xavier");
    assertThat(Nearest.match("lecun", starts)).as("the usual one").contains("lecun-uniform");
    assertThat(Nearest.match("xav", starts)).as("the plain one").contains("xavier");
  }

  @Test
  void adviceIsReplacedAtTheEnd() {
    UserException e = UserException.advising("The pool does not fit", "pad it").of("net");
    assertThat(e).hasMessage("net: The pool does not fit: pad it");
    assertThat(e.advise("take another")).hasMessage("net: The pool does not fit: take another");
    UserException plain = new UserException("It does not fit: pad it").of("net");
    assertThat(plain.advise("take another")).hasMessage("net: It does not fit: pad it");
  }

  @Test
  void everySentenceIsOneLine() {
    UserException e = UserException.advising("a\nb\u001b[2J", "c\u202ed").of("x\ty");
    assertThat(e).hasMessage("x\\ty: a\\nb\\u001b[2J: c\\u202ed");
    assertThat(e.advise("e\rf")).hasMessage("x\\ty: a\\nb\\u001b[2J: e\\rf");
  }
}
