package dev.vitrine.data;

import static dev.vitrine.data.FaultyServer.good;
import static dev.vitrine.data.FaultyServer.rangeless;
import static dev.vitrine.data.FaultyServer.status;
import static dev.vitrine.data.FaultyServer.truncating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
  private static final byte[] CONTENT = content();
  private static final int HALF = CONTENT.length / 2;

  /** Never reached by a server that answers, however busy the machine is. */
  private static final Duration PATIENT = Duration.ofMinutes(1);

  /** Always reached by a server that stalls, so no longer than a busy machine needs. */
  private static final Duration IMPATIENT = Duration.ofMillis(1500);

  @TempDir Path temporary;
  private Path folder;
  private Path target;
  private Path part;
  private FaultyServer server;

  private static byte[] content() {
    byte[] content = new byte[300_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + (i >> 8));
    }
    return content;
  }

  @BeforeEach
  void startServer() throws IOException {
    folder = temporary.resolve("cache/tiny");
    target = folder.resolve("file.gz");
    part = folder.resolve("file.gz.part");
    server = new FaultyServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void downloadsAndTellsHowItGoes() {
    var seen = new ArrayList<Long>();
    URI mirror = server.mirror("good", good(CONTENT));
    new Downloader(
            PATIENT,
            PATIENT,
            (file, bytes, total) -> {
              assertThat(file).isEqualTo("file.gz");
              assertThat(total).isEqualTo(CONTENT.length);
              assertThat(target).doesNotExist();
              seen.add(bytes);
            })
        .fetch(data(mirror), folder);
    assertDownloaded("good");
    assertThat(seen).isSorted().doesNotHaveDuplicates().endsWith((long) CONTENT.length);
  }

  @Test
  void whatIsThereIsNotFetched() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(target, "mine");
    fetch(server.mirror("good", good(CONTENT)));
    assertThat(target).hasContent("mine");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aBrokenConnectionIsResumed() {
    URI mirror =
        server.mirror(
            "broken",
            (exchange, start) -> truncating(CONTENT, start + HALF).answer(exchange, start));
    fetch(mirror);
    assertDownloaded("broken", "broken bytes=%s-".formatted(HALF));
  }

  @Test
  void anEarlierStartIsResumed() throws IOException {
    leavePart(Arrays.copyOf(CONTENT, 1000));
    fetch(server.mirror("good", good(CONTENT)));
    assertDownloaded("good bytes=1000-");
  }

  @Test
  void aMirrorThatBreaksOffAtTheSamePlaceIsLeftAndItsPartIsUsed() {
    URI broken = server.mirror("broken", truncating(CONTENT, HALF));
    fetch(broken, server.mirror("good", good(CONTENT)));
    assertDownloaded(
        "broken", "broken bytes=%s-".formatted(HALF), "good bytes=%s-".formatted(HALF));
  }

  @Test
  void aMirrorWithoutRangesStartsAgain() throws IOException {
    leavePart(Arrays.copyOf(CONTENT, 1000));
    fetch(server.mirror("rangeless", rangeless(CONTENT, CONTENT.length)));
    assertDownloaded("rangeless bytes=1000-");
  }

  @Test
  void aMirrorWithoutRangesThatBreaksOffIsLeft() {
    URI rangeless = server.mirror("rangeless", rangeless(CONTENT, HALF));
    fetch(rangeless, server.mirror("good", good(CONTENT)));
    assertDownloaded(
        "rangeless", "rangeless bytes=%s-".formatted(HALF), "good bytes=%s-".formatted(HALF));
  }

  @Test
  void aMirrorThatRefusesTheRangeIsAskedForEverything() throws IOException {
    leavePart(Arrays.copyOf(CONTENT, 1000));
    URI mirror =
        server.mirror(
            "picky",
            (exchange, start) -> (start > 0 ? status(416) : good(CONTENT)).answer(exchange, start));
    fetch(mirror);
    assertDownloaded("picky bytes=1000-", "picky");
  }

  @Test
  void aMirrorThatSendsAnotherRangeIsAskedForEverything() throws IOException {
    leavePart(Arrays.copyOf(CONTENT, 1000));
    URI mirror =
        server.mirror(
            "other",
            (exchange, start) -> good(CONTENT).answer(exchange, start > 0 ? start + 1 : 0));
    fetch(mirror);
    assertDownloaded("other bytes=1000-", "other");
  }

  @Test
  void aMirrorThatStallsIsLeft() {
    URI silent = server.mirror("silent", server.stalling(CONTENT, 0));
    URI stalling = server.mirror("stalling", server.stalling(CONTENT, HALF));
    fetch(IMPATIENT, silent, stalling, server.mirror("good", good(CONTENT)));
    assertDownloaded(
        "silent",
        "stalling",
        "stalling bytes=%s-".formatted(HALF),
        "good bytes=%s-".formatted(HALF));
  }

  @Test
  void missingAndFailingMirrorsAreLeft() {
    URI missing = server.mirror("missing", status(404));
    URI failing = server.mirror("failing", status(500));
    fetch(
        missing, failing, URI.create("http://127.0.0.1:9/"), server.mirror("good", good(CONTENT)));
    assertDownloaded("missing", "failing", "good");
  }

  @Test
  void redirectsAreFollowed() {
    URI good = server.mirror("good", good(CONTENT));
    URI moved =
        server.mirror(
            "moved",
            (exchange, start) -> {
              exchange.getResponseHeaders().add("Location", good.resolve("file.gz").toString());
              exchange.sendResponseHeaders(302, -1);
            });
    fetch(moved);
    assertDownloaded("moved", "good");
  }

  @Test
  void aDamagedDownloadIsFetchedOnceMore() {
    URI bad = server.mirror("bad", good(damaged()));
    fetch(bad, server.mirror("good", good(CONTENT)));
    assertDownloaded("bad", "good");
  }

  @Test
  void aDamagedPartIsThrownAway() throws IOException {
    leavePart(Arrays.copyOf(damaged(), HALF));
    fetch(server.mirror("good", good(CONTENT)));
    assertDownloaded("good bytes=%s-".formatted(HALF), "good");
  }

  @Test
  void aPartThatIsTooLongIsThrownAway() throws IOException {
    leavePart(new byte[CONTENT.length + 1]);
    fetch(server.mirror("good", good(CONTENT)));
    assertDownloaded("good");
  }

  @Test
  void damagedTwiceIsOneSentenceAndNoFile() {
    URI bad = server.mirror("bad", good(damaged()));
    String wrong = Md5.of(damaged());
    assertThatThrownBy(() -> fetch(bad))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Data set tiny: file.gz came twice with a wrong MD5 sum (expected %s, got %s and %s)"
                + " and was removed: put file.gz into %s, or say by the data folder where they are",
            Md5.of(CONTENT), wrong, wrong, folder);
    assertThat(server.requests()).containsExactly("bad", "bad");
    assertThat(folder).doesNotExist();
  }

  @Test
  void anotherPageInPlaceOfTheFileIsRefused() {
    assertFails(
        server.mirror("page", good("<html>".getBytes(StandardCharsets.UTF_8))),
        "it offers 6 bytes instead of 300000");
    assertThat(folder).doesNotExist();
  }

  @Test
  void moreThanTheFileIsRefused() {
    byte[] longer = Arrays.copyOf(CONTENT, CONTENT.length + 1);
    URI mirror =
        server.mirror(
            "endless",
            (exchange, start) -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(longer);
            });
    assertFails(mirror, "it sends more than 300000 bytes");
    assertThat(folder).doesNotExist();
  }

  @Test
  void whenAllFailTheSentenceSaysWhyAndThePartStays() {
    URI missing = server.mirror("missing", status(404));
    URI stalling = server.mirror("stalling", server.stalling(CONTENT, HALF));
    String host = server.base().getAuthority();
    assertThatThrownBy(() -> fetch(IMPATIENT, missing, stalling))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Data set tiny: file.gz could not be downloaded (%s: HTTP 404; %s: nothing came for"
                + " 1500 ms): put file.gz into %s, or say by the data folder where they are",
            host, host, folder);
    assertThat(part).hasBinaryContent(Arrays.copyOf(CONTENT, HALF));
    assertThat(target).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeMadeIsOneSentence() throws IOException {
    Files.createFile(temporary.resolve("cache"));
    assertThatThrownBy(() -> fetch(server.mirror("good", good(CONTENT))))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot write %s: ", folder);
    assertThat(server.requests()).isEmpty();
  }

  private void assertFails(URI mirror, String reason) {
    assertThatThrownBy(() -> fetch(mirror))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("(%s: %s)".formatted(server.base().getAuthority(), reason));
  }

  private void assertDownloaded(String... requests) {
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(part).doesNotExist();
    assertThat(server.requests()).containsExactly(requests);
  }

  private void fetch(URI... mirrors) {
    fetch(PATIENT, mirrors);
  }

  private void fetch(Duration stallTimeout, URI... mirrors) {
    new Downloader(PATIENT, stallTimeout, DownloadProgress.NONE).fetch(data(mirrors), folder);
  }

  private void leavePart(byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    Files.write(part, bytes);
  }

  private static byte[] damaged() {
    byte[] damaged = CONTENT.clone();
    damaged[123] ^= 1;
    return damaged;
  }

  private static KnownData data(URI... mirrors) {
    return new KnownData(
        "tiny",
        "Tiny",
        List.of("tiny"),
        List.of("a"),
        List.of(mirrors),
        List.of(new RemoteFile("file.gz", CONTENT.length, Md5.of(CONTENT), "")));
  }
}
