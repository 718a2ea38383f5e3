package dev.vitrine.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/** What is written is read by TensorFlow's own classes. */
class EventFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

  @TempDir private Path box;

  /** Takes records apart, and looks at both sums. */
  private static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(unmaskedReference(length));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(data);
      assertThat(bytes.getInt()).isEqualTo(unmaskedReference(data));
      events.add(Event.parseFrom(data));
    }
    return events;
  }

  /** CRC-32C bit by bit, masked as TensorFlow's crc32c.h has it. */
  private static int unmaskedReference(byte[] data) {
    int crc = ~0;
    for (byte each : data) {
      crc ^= each & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private EventFile begin(long step) {
    return EventFile.begin(box.resolve("events"), step, CLOCK);
  }

  @Test
  void theSumOfAKnownText() {
    byte[] text = "123456789".getBytes(StandardCharsets.US_ASCII);
    int crc = 0xE3069283;
    assertThat(EventFile.masked(text, 9))
        .isEqualTo(((crc >>> 15) | (crc << 17)) + 0xa282ead8)
        .isEqualTo(unmaskedReference(text));
  }

  @Test
  void scalars() throws IOException {
    EventFile file = begin(1);
    try (file) {
      file.scalar("loss/train", 20, 2.25);
      file.scalar("loss/train", 40, Double.NaN);
      file.scalar("loss/train", 60, Double.NEGATIVE_INFINITY);
      file.scalar("größe", 1L << 40, -0.0);
    }
    List<Event> events = read(file.path());
    assertThat(events).hasSize(5);
    assertThat(events.getFirst().getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events)
        .allSatisfy(event -> assertThat(event.getWallTime()).isEqualTo(1_700_000_000.5));
    assertThat(events.subList(1, 5).stream().map(Event::getStep))
        .containsExactly(20L, 40L, 60L, 1L << 40);
    List<Summary.Value> values =
        events.subList(1, 5).stream().map(event -> event.getSummary().getValue(0)).toList();
    assertThat(values.getFirst().getTag()).isEqualTo("loss/train");
    assertThat(values.getLast().getTag()).isEqualTo("größe");
    assertThat(values.stream().map(Summary.Value::getSimpleValue))
        .containsExactly(2.25f, Float.NaN, Float.NEGATIVE_INFINITY, -0f);
  }

  @Test
  void histograms() throws IOException {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i - 200) / 100f;
    }
    values[7] = Float.NaN;
    EventFile file = begin(1);
    try (file) {
      file.histogram("weights/a", 5, values);
      file.histogram("weights/same", 5, new float[] {3, 3, 3});
      file.histogram("weights/none", 5, new float[] {Float.NaN});
      file.histogram("weights/empty", 5, new float[0]);
    }
    List<Event> events = read(file.path());
    assertThat(events).hasSize(3);
    HistogramProto spread = events.get(1).getSummary().getValue(0).getHisto();
    assertThat(spread.getMin()).isEqualTo(-2);
    assertThat(spread.getMax()).isEqualTo(7.99f);
    assertThat(spread.getNum()).isEqualTo(999);
    assertThat(spread.getSum()).isCloseTo(2995 + 1.93, within(0.01));
    assertThat(spread.getBucketList()).hasSize(60).hasSameSizeAs(spread.getBucketLimitList());
    assertThat(spread.getBucketLimitList()).isSorted().last().isEqualTo((double) 7.99f);
    assertThat(spread.getBucketList().stream().mapToDouble(b -> b).sum()).isEqualTo(999);
    double before = -2;
    for (int i = 0; i < 60; i++) {
      double from = before;
      double to = spread.getBucketLimit(i);
      long inside = 0;
      for (float value : values) {
        inside += value >= from && (value < to || (i == 59 && value == to)) ? 1 : 0;
      }
      assertThat(spread.getBucket(i)).as("bucket %s", i).isCloseTo(inside, within(1.0));
      before = to;
    }
    HistogramProto same = events.get(2).getSummary().getValue(0).getHisto();
    assertThat(same.getBucketList()).containsExactly(3.0);
    assertThat(same.getBucketLimitList()).containsExactly(3.0);
  }

  @Test
  void images() throws IOException {
    Raster picture = Raster.black(5, 3, 3);
    picture.set(4, 1, 2, 200);
    EventFile file = begin(1);
    try (file) {
      file.image("first", 0, picture);
    }
    Summary.Image image = read(file.path()).get(1).getSummary().getValue(0).getImage();
    assertThat(List.of(image.getWidth(), image.getHeight(), image.getColorspace()))
        .containsExactly(5, 3, 3);
    var read = ImageIO.read(new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
    assertThat(read.getRGB(4, 1) & 0xFFFFFF).isEqualTo(200);
  }

  /** TensorBoard forgets what comes again, of files that it reads one after the other. */
  @Test
  void aTrainingThatGoesOnSaysFromWhere() throws IOException {
    begin(1).close();
    EventFile second = begin(41);
    second.close();
    EventFile third = begin(81);
    third.close();
    try (var files = Files.list(box.resolve("events"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly(
              "events.out.tfevents.1700000000.vitrine",
              "events.out.tfevents.1700000001.vitrine",
              "events.out.tfevents.1700000002.vitrine");
    }
    assertThat(third.path().getFileName().toString()).endsWith("2.vitrine");
    Event start = read(second.path()).get(1);
    assertThat(start.getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
    assertThat(start.getStep()).isEqualTo(41);
  }

  @Test
  void eachIsThereAsSoonAsItIsAdded() throws IOException {
    try (EventFile file = begin(1)) {
      file.scalar("a", 1, 1);
      assertThat(read(file.path())).hasSize(2);
    }
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(box.resolve("events"), "");
    assertThatThrownBy(() -> begin(1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file.toString());
  }
}
