package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Idx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {
  /** Port 9 discards; on 127.0.0.1 nothing listens there, so a download fails at once. */
  private static final Downloader OFFLINE =
      new Downloader(Duration.ofMinutes(1), Duration.ofMinutes(1), DownloadProgress.NONE);

  @TempDir Path temporary;
  private Path chosen;
  private Path environment;
  private Path cache;
  private DataFolders folders;
  private KnownData known;

  @BeforeEach
  void makeFolders() throws IOException {
    chosen = Files.createDirectory(temporary.resolve("chosen"));
    environment = Files.createDirectory(temporary.resolve("environment"));
    cache = Files.createDirectory(temporary.resolve("cache"));
    folders = new DataFolders(Optional.of(chosen), Optional.of(environment), cache);
    Path sample = Files.createDirectory(temporary.resolve("sample"));
    TinyMnist.write(sample, 3, false);
    known =
        new KnownData(
            "tiny",
            "Tiny",
            List.of("tiny-mnist", "tiny"),
            List.of("a", "b", "c"),
            List.of(URI.create("http://127.0.0.1:9/")),
            List.of(
                new RemoteFile(
                    "t10k-labels-idx1-ubyte.gz",
                    5,
                    "00",
                    Md5.of(Idx.read(sample.resolve("t10k-labels-idx1-ubyte"), 1)))));
  }

  @Test
  void aFileIsFoundWithinTheFirstFolderThatHasIt() throws IOException {
    Path name = Path.of("models", "net.mat");
    assertThat(folders.locate(name)).isEmpty();
    Path inCache =
        Files.createFile(Files.createDirectory(cache.resolve("models")).resolve("net.mat"));
    assertThat(folders.locate(name)).hasValue(inCache);
    Path inChosen =
        Files.createFile(Files.createDirectory(chosen.resolve("models")).resolve("net.mat"));
    assertThat(folders.locate(name)).hasValue(inChosen);
    assertThat(folders.locate(Path.of("models"))).as("a folder is no file").isEmpty();
    assertThat(folders.locate(inCache)).as("a whole path is in no folder").isEmpty();
  }

  @Test
  void theChosenFolderComesFirstThenTheEnvironmentsThenTheCache() throws IOException {
    Path inCache = fill(cache.resolve("tiny"));
    assertThat(found()).isEqualTo(inCache);
    Path inEnvironment = fill(environment.resolve("tiny-mnist"));
    assertThat(found()).isEqualTo(inEnvironment);
    Path inChosen = fill(chosen.resolve("tiny"));
    assertThat(found()).isEqualTo(inChosen);
    assertThat(folders.find(known, OFFLINE).classNames()).containsExactly("a", "b", "c");
  }

  @Test
  void aFolderMayBeTheDataSetsOwn() {
    assertThat(TinyMnist.write(chosen, 3, true)).isEqualTo(found());
  }

  @Test
  void anotherDataSetsFolderIsNotTakenForIt() throws IOException {
    TinyMnist.write(chosen, 2, false);
    Path inEnvironment = fill(environment.resolve("tiny"));
    assertThat(found()).isEqualTo(inEnvironment);
  }

  @Test
  void anIncompleteFolderIsPassedOver() throws IOException {
    Path inChosen = fill(chosen.resolve("tiny"));
    Files.delete(inChosen.resolve("t10k-labels-idx1-ubyte"));
    Path inCache = fill(cache.resolve("tiny"));
    assertThat(found()).isEqualTo(inCache);
  }

  @Test
  void offlineOneSentenceNamesTheFolderAndTheFiles() {
    var withoutChoice = new DataFolders(Optional.empty(), Optional.of(environment), cache);
    assertThatThrownBy(() -> withoutChoice.find(known, OFFLINE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Data set tiny: t10k-labels-idx1-ubyte.gz could not be downloaded (127.0.0.1:9: no"
                + " connection): put t10k-labels-idx1-ubyte.gz into %s, or say by the data"
                + " folder where they are",
            cache.resolve("tiny-mnist"));
    assertThat(cache.resolve("tiny-mnist")).as("nothing came into it").doesNotExist();
  }

  @Test
  void whatTheVariableNamesMustBeAFolder() throws IOException {
    Path missing = temporary.resolve("no");
    Path file = Files.writeString(temporary.resolve("file"), "x");
    fill(cache.resolve("tiny"));
    for (Path wrong : List.of(missing, file)) {
      var named = new DataFolders(Optional.empty(), Optional.of(wrong), cache);
      assertThatThrownBy(() -> named.find(known, OFFLINE))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "VITRINE_DATA is %s, which %s",
              wrong, wrong == file ? "is a file, not a folder" : "does not exist");
      assertThat(named.misnamed())
          .hasValue(
              "VITRINE_DATA is %s, which %s"
                  .formatted(wrong, wrong == file ? "is a file, not a folder" : "does not exist"));
    }
    assertThat(folders.misnamed()).isEmpty();
    assertThat(new DataFolders(Optional.of(missing), Optional.empty(), cache).misnamed()).isEmpty();
  }

  @Test
  void whatTheVariableDoesNotHoldIsRemarkedOn() throws IOException {
    var named = new DataFolders(Optional.empty(), Optional.of(environment), cache);
    assertThat(named.remark("mnist"))
        .hasValue("VITRINE_DATA is %s, which holds no data set mnist".formatted(environment));
    assertThat(named.remark("cifar10"))
        .hasValue("VITRINE_DATA is %s, which holds no data set cifar10".formatted(environment));
    assertThat(named.remark("/some/folder")).isEmpty();
    TinyMnist.write(Files.createDirectories(environment.resolve("mnist")), 3, true);
    assertThat(named.remark("mnist")).isEmpty();
    assertThat(folders.remark("mnist")).isEmpty();
    assertThat(new DataFolders(Optional.empty(), Optional.empty(), cache).remark("mnist"))
        .isEmpty();
  }

  @Test
  void aMissingChosenFolderIsRefused() {
    Path missing = temporary.resolve("no");
    var wrong = new DataFolders(Optional.of(missing), Optional.of(environment), cache);
    assertThatThrownBy(() -> wrong.find(known, OFFLINE))
        .isInstanceOf(UserException.class)
        .hasMessage("The data folder %s does not exist", missing);
  }

  @Test
  void anyFolderIsFoundByItsPath() throws IOException {
    Path own = fill(temporary.resolve("own"));
    DataSource source = folders.find(own.toString(), OFFLINE);
    assertThat(source.load().train().size()).isEqualTo(TinyMnist.TRAIN);
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> folders.find("mnits", OFFLINE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Unknown data set \"mnits\": expected mnist, fashion, cifar10, notmnist, or a"
                + " file or folder");
  }

  @Test
  void theCacheFollowsTheEnvironment() {
    Path home = Path.of("home");
    assertThat(DataFolders.of(Optional.empty(), Map.of(), home))
        .isEqualTo(
            new DataFolders(Optional.empty(), Optional.empty(), Path.of("home/.cache/vitrine")));
    assertThat(
            DataFolders.of(
                Optional.of(chosen), Map.of("VITRINE_DATA", "d", "XDG_CACHE_HOME", "x"), home))
        .isEqualTo(
            new DataFolders(Optional.of(chosen), Optional.of(Path.of("d")), Path.of("x/vitrine")));
    assertThat(DataFolders.of(Optional.empty(), Map.of("VITRINE_DATA", ""), home).environment())
        .isEmpty();
  }

  private Path found() {
    return folders.find(known, OFFLINE).folder();
  }

  private static Path fill(Path folder) throws IOException {
    return TinyMnist.write(Files.createDirectories(folder), 3, false);
  }

  @Test
  void titlesAreWhatPeopleSay() {
    assertThat(DataFolders.title("fashion")).isEqualTo("Fashion-MNIST");
    assertThat(DataFolders.title("Fashion-MNIST")).isEqualTo("Fashion-MNIST");
    assertThat(DataFolders.title("cifar10")).isEqualTo("CIFAR-10");
    assertThat(DataFolders.title("digits")).isEqualTo("digits");
    assertThat(DataFolders.title("/data/letters/f-256/")).isEqualTo("f-256");
    assertThat(DataFolders.title("here/../there/.")).isEqualTo("there");
    assertThat(DataFolders.title("/")).isEqualTo("/");
  }
}
