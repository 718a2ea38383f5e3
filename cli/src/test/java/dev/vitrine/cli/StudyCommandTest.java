package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.studies.Catalogue;
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

class StudyCommandTest {
  @TempDir private static Path shared;
  private static Path file;
  private static Path folder;
  private static Cli first;

  @TempDir private Path box;

  @BeforeAll
  static void study() throws IOException {
    Path data = TinyData.write(shared.resolve("data"));
    file = shared.resolve("tiny.yaml");
    Files.writeString(
        file,
        """
        name: tiny
        question: Which rate?
        settings: {data: %s, model: %s, batch: 8, epochs: 2}
        vary:
          - {name: lr, values: [0.001, 0.01]}
        seeds: 2
        quick:
          settings: {epochs: 1}
          seeds: 1
        """
            .formatted(data, TinyData.network(shared)));
    folder = shared.resolve("study");
    first =
        run(
            "--out",
            folder.toString(),
            "--jobs",
            "2",
            "--json",
            shared.resolve("all.json").toString());
    assertThat(first.code()).as(first.err()).isZero();
  }

  private static Cli run(String... options) {
    List<String> words = new ArrayList<>(List.of("study", file.toString()));
    words.addAll(List.of(options));
    return Cli.run(words.toArray(String[]::new));
  }

  private static Cli resume(String... options) {
    List<String> words = new ArrayList<>(List.of("study", "--resume", folder.toString()));
    words.addAll(List.of(options));
    return Cli.run(words.toArray(String[]::new));
  }

  private static JsonObject results() {
    return Json.read(shared.resolve("all.json"));
  }

  private static JsonObject trial() {
    JsonObject arm = (JsonObject) results().list("arms").getFirst();
    JsonObject point = (JsonObject) arm.list("points").getFirst();
    return (JsonObject) point.list("trials").getFirst();
  }

  /** Data without a test part are divided, which shifts what results mean: it is said. */
  @Test
  void howDataAreDividedIsSaid() throws IOException {
    StringBuilder table = new StringBuilder("a,b,label\n");
    for (int i = 0; i < 80; i++) {
      table.append("%s,%s,%s%n".formatted(i % 7, i % 5, i % 7 < 3 ? "low" : "high"));
    }
    Files.writeString(box.resolve("points.csv"), table);
    Path own = box.resolve("own.yaml");
    Files.writeString(
        own,
        "name: own\nsettings: {data: %s, model: mlp-4, batch: 8, epochs: 1}\nseeds: 1\n"
            .formatted(box.resolve("points.csv")));
    Cli cli = Cli.run("study", own.toString(), "--out", box.resolve("own").toString());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("of its 80 examples 12 are kept apart for the test");
    assertThat(Files.readString(box.resolve("own/report.md")))
        .contains("of its 80 examples 12 are kept apart for the test");
  }

  @Test
  void aStudyIsATableAndAFile() {
    assertThat(first.complaints().getFirst()).isEqualTo("Which rate?");
    assertThat(first.complaints().get(1))
        .startsWith("tiny: 2 arms, 2 points, 2 seeds; 2 trials at once; study folder ");
    assertThat(first.complaints()).filteredOn(line -> line.contains(" on validation ")).hasSize(4);
    List<String> lines = first.out().lines().filter(line -> !line.isBlank()).toList();
    assertThat(lines.getFirst()).matches("arm +best of +chosen +validation +test +n");
    assertThat(lines.get(1)).startsWith("lr=0.001  1");
    assertThat(lines.get(2)).startsWith("lr=0.01   1");
    assertThat(first.out())
        .contains("The test data were read 4 times, all runs of this study together.");
    assertThat(results().bool("complete")).isTrue();
    assertThat(results().integer("test_reads")).isEqualTo(4);
    assertThat(trial().number("seconds")).isPositive();
  }

  @Test
  void theCommandOfATrialGivesTheSameBits() {
    String command = trial().string("command");
    Path run = box.resolve("run");
    String words = command.replaceFirst("^vitrine ", "") + " --out " + run;
    assertThat(Cli.run(words).code()).isZero();
    assertThat(Json.read(run.resolve("result.json")).string("parameters_hash"))
        .isEqualTo(trial().string("parameters_hash"));
    Cli rerun = resume("--rerun", trial().string("id"));
    assertThat(rerun.code()).isZero();
    assertThat(rerun.out()).endsWith("identical, bit for bit\n");
  }

  @Test
  void aStudyThatIsDoneIsShownAgain() {
    Cli again = resume();
    assertThat(again.code()).isZero();
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(again.complaints()).noneMatch(line -> line.contains(" on validation "));
  }

  @Test
  void aStudyThatIsBroughtAlongCanBeCopied() throws IOException {
    Cli listed = Cli.run("study --list");
    assertThat(listed.out().lines()).hasSize(Catalogue.names().size());
    for (String name : List.of("optimizers", "lms")) {
      String printed = Cli.run("study %s --print".formatted(name)).out();
      assertThat(printed).isEqualTo(Catalogue.text(name));
    }
    assertThat(Cli.run("study optimisers").complaints().getFirst())
        .endsWith("did you mean \"optimizers\"?");
  }

  @Test
  void thePlanHasEveryCommand() {
    Cli plan = resume("--plan");
    assertThat(plan.out().lines()).hasSize(4).allMatch(line -> line.contains("  vitrine train --"));
  }

  @Test
  void armsThatShareTheirTrialsArePlannedOnce() throws IOException {
    Path file = box.resolve("shared.yaml");
    Files.writeString(
        file,
        """
        name: shared
        settings: {data: digits, model: mlp-10, lr: 0.1}
        arms: {one: {}, other: {lr: 0.1}}
        seeds: 3
        """);
    Cli plan = Cli.run("study %s --plan".formatted(file));
    assertThat(plan.out().lines()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void theThinVersionHasAFolderOfItsOwn() {
    Cli thin = run("--quick", "--out", box.resolve("thin").toString(), "--add", "lr=0.1");
    assertThat(thin.code()).as(thin.err()).isZero();
    assertThat(thin.complaints()).filteredOn(line -> line.contains("  1 epoch ")).hasSize(3);
    Cli other = run("--out", box.resolve("thin").toString());
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("The study tiny has \"settings.epochs\" \"1\" in its folder");
  }

  @Test
  void tooLittleTimeIsNoSuccessAndIsSaid() {
    Path out = box.resolve("short");
    String text = "--for|1s|--out|" + out + "|--jobs|1|--seeds|900";
    Cli cli = run(text.split("\\|"));
    assertThat(cli.code()).isEqualTo(4);
    assertThat(cli.out()).contains("Missing: ", " still to be trained before the next decision.");
    assertThat(cli.complaints().getLast())
        .isEqualTo("Ended early: its time was over. Go on with: vitrine study --resume " + out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "study | study expects a file in YAML or the name of a study, or --resume with the folder of one, and not both",
        "study FILE --resume DIR | study expects a file in YAML or the name of a study, or --resume with the folder of one, and not both",
        "study nosuch.yaml | Cannot read nosuch.yaml: it does not exist",
        "study FILE --for 3 | --for expects a time such as 30m, 90s or 1h30m, but got 3",
        "study FILE --jobs 0 | --jobs expects 1 or more, but got 0",
        "study FILE --seeds 0 | --seeds expects 1 to 1000, but got 0",
        "study FILE --add momentum=1 | Unknown parameter of the study \"momentum\"; known: lr",
        "study FILE --add lr | What is added to a study is NAME=VALUE,… or NAME=FROM..TO, but got \"lr\"",
        "study FILE --add lr=1..2 | A range of \"lr\" becomes wider where points are drawn from it: give single values here",
        "study --resume nosuch | There is no study in nosuch: expected a folder that 'vitrine study' made, such as studies/optimizers",
        "study --resume DIR --rerun x | Unknown trial \"x\"; known: ",
        "study --resume DIR --quick | --quick has no effect with --resume, which goes on as the study is there: leave it out",
      })
  void whatIsWrongIsOneLine(String words, String sentence) {
    Cli cli = Cli.run(words.replace("FILE", file.toString()).replace("DIR", folder.toString()));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.complaints()).singleElement().asString().startsWith("vitrine: " + sentence);
  }

  @Test
  void aFaultInTheFileIsSaidWithLineAndColumn() throws IOException {
    Path bad = box.resolve("bad.yaml");
    Files.writeString(bad, "name: x\nsettings:\n  epochz: 3\n");
    Cli cli = Cli.run("study", bad.toString());
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err())
        .isEqualTo(
            "vitrine: %s, line 3, column 3: unknown setting \"epochz\"; did you mean \"epochs\"?\n"
                .formatted(bad));
  }

  /** The lab and its libraries cost a start nothing. */
  @ParameterizedTest
  @CsvSource({"--help", "train --help", "digits --help"})
  void otherCommandsLoadNothingOfTheLab(String words) throws IOException, InterruptedException {
    Path log = box.resolve("classes");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words.split(" ")));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(box.resolve("out").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(box.resolve("out"))).contains("vitrine");
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.contains("dev.vitrine.cli.StudyCommand "))
        .noneMatch(line -> line.contains("dev.vitrine.lab."))
        .noneMatch(line -> line.contains("org.snakeyaml"));
  }
}
