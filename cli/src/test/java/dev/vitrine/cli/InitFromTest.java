package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Npz;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.format.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code vitrine train --init-from}. */
class InitFromTest {
  @TempDir private static Path shared;
  private static String start;
  private static Path teacher;
  private static String learned;

  @TempDir private Path box;

  @BeforeAll
  static void trainATeacher() throws IOException {
    Path data = TinyData.write(shared.resolve("data"));
    start =
        "train|--data|%s|--model|%s|--batch|8|--epochs|1".formatted(data, TinyData.network(shared));
    teacher = shared.resolve("teacher");
    Path json = shared.resolve("teacher.json");
    run("%s|--out|%s|--json|%s".formatted(start, teacher, json), 0);
    learned = Json.read(json).string("parameters_hash");
  }

  private static Cli run(String words, int code) {
    Cli cli = Cli.run(words.split("\\|"));
    assertThat(cli.code()).as(cli.err()).isEqualTo(code);
    return cli;
  }

  private Cli train(String name, String options) {
    return run("%s|--out|%s%s".formatted(start, box.resolve(name), options), 0);
  }

  private JsonObject begun(String name) {
    return Json.read(box.resolve(name).resolve("config.json"))
        .object("network")
        .object("init_from");
  }

  /** The checkpoint's parameters under other names, in NumPy's archive. */
  private Path stranger() {
    Path file = box.resolve("stranger.npz");
    List<TensorData> tensors = new ArrayList<>();
    try (Safetensors last = Safetensors.open(teacher.resolve("checkpoints/last.safetensors"))) {
      for (String name : List.of("conv1.weight", "conv1.bias", "linear1.weight", "linear1.bias")) {
        TensorInfo info = last.tensors().get(name);
        tensors.add(TensorData.floats("net." + name, info.shape(), last.floats(name)));
      }
    }
    Npz.write(file, tensors);
    return file;
  }

  @Test
  void aTrainingBeginsWhereAnotherEnded() throws IOException {
    Cli cli = train("next", "|--steps|1|--init-from|" + teacher);
    assertThat(cli.complaints())
        .contains("begins with the numbers of " + teacher + ", with inputs of pixels/255");
    assertThat(begun("next").string("parameters_hash")).isEqualTo(learned);
    assertThat(Files.readString(box.resolve("next/report.html")))
        .contains("began with", learned, "--init-from");
  }

  private String normalisation(String run) {
    return Json.line(
        Json.read(box.resolve(run).resolve("config.json"))
            .object("recipe")
            .object("normalisation"));
  }

  /** A checkpoint says how pictures became inputs; of somebody else's file options do. */
  @Test
  void inputsBecomeWhatTheyWere() {
    train("other", "|--mean|0.25|--deviation|0.5");
    String other = "{\"divisor\":255.0,\"mean\":[0.25],\"deviation\":[0.5]}";
    assertThat(normalisation("other")).isEqualTo(other);
    train("next", "|--steps|1|--init-from|" + box.resolve("other"));
    assertThat(normalisation("next")).isEqualTo(other);
    Path bare = box.resolve("other/checkpoints/last.safetensors");
    train("bare", "|--steps|1|--init-from|" + bare);
    assertThat(normalisation("bare")).isEqualTo(other);
    train("said", "|--steps|1|--mean|0.125|--init-from|" + bare);
    assertThat(normalisation("said")).contains("[0.125]", "[1.0]");
    train("strange", "|--steps|1|--divisor|1|--init-from|" + stranger());
    assertThat(normalisation("strange")).contains("\"divisor\":1.0");
  }

  @Test
  void aNamedNetworkBuiltForTheDataBeginsSo() {
    String words = start.replaceFirst("--model\\|[^|]*", "--model|linear");
    Path first = box.resolve("first");
    run("%s|--out|%s".formatted(words, first), 0);
    Path next = box.resolve("next");
    run("%s|--steps|1|--out|%s|--init-from|%s".formatted(words, next, first), 0);
    String hash = Json.read(first.resolve("result.json")).string("parameters_hash");
    assertThat(begun("next").string("parameters_hash")).isEqualTo(hash);
  }

  @Test
  void somebodyElsesFileIsMappedAndShown() {
    Path file = stranger();
    Cli cli = train("next", "|--mapping|--init-from|" + file);
    assertThat(cli.out()).contains("matched by Vitrine's names", "net.conv1.weight");
    assertThat(begun("next").string("file")).isEqualTo(file.toString());
    assertThat(begun("next").string("parameters_hash")).isEqualTo(learned);
  }

  @Test
  void theFileIsNeitherReadNorNeededToGoOn() throws IOException {
    Path file = stranger();
    train("next", "|--init-from|" + file);
    Files.delete(file);
    run("train|--resume|" + box.resolve("next"), 0);
    assertThat(begun("next").string("parameters_hash")).isEqualTo(learned);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--init-from,TEACHER,--init,kaiming-normal"
            + "|--init and --init-from both say what the weights begin as: leave one out",
        "--init-from,BOX/none"
            + "|There is no run or file of weights BOX/none: expected what 'vitrine train' made, such as runs/lenet-digits-1, or a file of weights",
        "--init-from,lenet"
            + "|lenet is a network that has learned nothing yet: train it with 'vitrine train --model lenet', and name the run folder, such as runs/lenet-digits-1",
        "--init-from,TEACHER,--layout,flip"
            + "|How the numbers of TEACHER lie is known: leave the place in it, the layout and the file's classes out",
        "--mapping|--mapping has no effect without --init-from: leave it out",
        "--key,a|--key has no effect without --init-from: leave it out",
        "--init-from,TEACHER,--model,linear"
            + "|TEACHER/checkpoints/last.safetensors: \"linear1.weight\" has shape (3, 36), but the network expects (3, 64): it belongs to another network",
      })
  void whatCannotBeIsRefusedInOneSentence(String options, String sentence) {
    String words = options.replace("TEACHER", teacher.toString()).replace("BOX", box.toString());
    String base = words.contains("--model") ? start.replaceFirst("--model\\|[^|]*\\|", "") : start;
    Cli cli = run("%s|--out|%s|%s".formatted(base, box.resolve("run"), words.replace(',', '|')), 2);
    assertThat(cli.complaints())
        .singleElement()
        .asString()
        .startsWith(
            "vitrine: "
                + sentence.replace("TEACHER", teacher.toString()).replace("BOX", box.toString()));
    assertThat(box.resolve("run")).doesNotExist();
  }

  @Test
  void besideResumeItIsRefused() {
    Cli cli = run("train|--resume|%s|--init-from|%s".formatted(teacher, teacher), 2);
    assertThat(cli.err())
        .startsWith(
            "vitrine: --init-from cannot be given with --resume: the run goes on as it was");
  }
}
