package dev.vitrine.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the digits of a seed are the same for ever, whoever draws them and however many. */
class DigitsTest {
  private static final Seed SEED = Seed.of(42);

  @Test
  void theDigitsOfASeedArePinned() throws Exception {
    Dataset digits = Digits.train(SEED, 1_000);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(digits.pixels());
    sha.update(labels(digits));
    assertThat(HexFormat.of().formatHex(sha.digest()))
        .as(
            "every change of the generator changes everybody's runs: pin a new hash knowingly, and count Digits.DRAWING up")
        .isEqualTo("21af861f1ac2d873bdea9dc461b542cc2131580a8c3ba94fc8b84d56d13a15ec");
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    byte[] one = drawnOn(1);
    assertThat(drawnOn(2)).isEqualTo(one);
    assertThat(drawnOn(5)).isEqualTo(one);
  }

  private static byte[] drawnOn(int threads) throws Exception {
    try (var pool = new ForkJoinPool(threads)) {
      return pool.submit(() -> Digits.train(SEED, 203).pixels()).get();
    }
  }

  @Test
  void askingForMoreChangesNoneOfTheFirst() {
    Dataset few = Digits.test(SEED, 37);
    Dataset many = Digits.test(SEED, 90);
    assertThat(few.pixels()).isEqualTo(Arrays.copyOf(many.pixels(), few.pixels().length));
    assertThat(labels(few)).isEqualTo(Arrays.copyOf(labels(many), few.size()));
  }

  @Test
  void splitsAndSeedsShareNoImage() {
    Dataset train = Digits.train(SEED, 50);
    assertThat(images(train)).doesNotContainAnyElementsOf(images(Digits.test(SEED, 50)));
    assertThat(images(train)).doesNotContainAnyElementsOf(images(Digits.train(Seed.of(43), 50)));
    assertThat(images(train)).doesNotHaveDuplicates();
  }

  @Test
  void everyTenImagesHoldEachDigitOnceInChangingOrder() {
    byte[] labels = labels(Digits.train(SEED, 100));
    for (int block = 0; block < 10; block++) {
      byte[] ten = Arrays.copyOfRange(labels, 10 * block, 10 * block + 10);
      assertThat(ten).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
    assertThat(Arrays.copyOfRange(labels, 10, 20)).isNotEqualTo(Arrays.copyOf(labels, 10));
  }

  @Test
  void asADataSourceItHasMnistsForm() {
    Digits source = new Digits(SEED, 20, 10);
    DataSplits splits = source.load();
    assertThat(splits.train().size()).isEqualTo(20);
    assertThat(splits.train().pixels()).isEqualTo(Digits.train(SEED, 20).pixels());
    assertThat(splits.test().pixels()).isEqualTo(source.loadTest().pixels());
    assertThat(splits.test()).hasToString("digits: 10 images of (1, 28, 28) in 10 classes");
    assertThat(Digits.of(SEED)).isEqualTo(new Digits(SEED, 60_000, 10_000));
  }

  @Test
  void anImpossibleNumberIsToldSo() {
    assertThatThrownBy(() -> Digits.train(SEED, 0))
        .isInstanceOf(UserException.class)
        .hasMessage("Data set digits expects 1 to 2,739,137 images, but got 0");
    assertThatThrownBy(() -> new Digits(SEED, 10, 3_000_000))
        .isInstanceOf(UserException.class)
        .hasMessage("Data set digits expects 1 to 2,739,137 images, but got 3,000,000");
  }

  private static byte[] labels(Dataset data) {
    byte[] labels = new byte[data.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) data.label(i);
    }
    return labels;
  }

  private static Iterable<String> images(Dataset data) {
    int length = data.shape().elements();
    return IntStream.range(0, data.size())
        .mapToObj(i -> HexFormat.of().formatHex(data.pixels(), i * length, (i + 1) * length))
        .toList();
  }
}
