package dev.vitrine.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many windows fit, by other frameworks' rules as they write them. */
class SpanTest {
  /** {@code caffe/src/caffe/layers/pooling_layer.cpp}, Reshape. */
  private static int caffe(int in, int kernel, int stride, int pad) {
    int pooled = (int) Math.ceil((double) (in + 2 * pad - kernel) / stride) + 1;
    if (pad > 0 && (pooled - 1) * stride >= in + pad) {
      pooled--;
    }
    return pooled;
  }

  /** Caffe asks for a pad below the kernel; without one, and with gaps, it differs (see below). */
  @Test
  void ceilIsCaffes() {
    int compared = 0;
    for (int in = 1; in <= 30; in++) {
      for (int kernel = 1; kernel <= 7; kernel++) {
        for (int stride = 1; stride <= 5; stride++) {
          for (int pad = 0; pad < kernel; pad++) {
            Span span = new Span(kernel, stride, 1, pad, pad, true);
            if (pad > 0 || stride <= kernel) {
              assertThat(Math.max(span.out(in), 0))
                  .as("%s of %d", span, in)
                  .isEqualTo(Math.max(caffe(in, kernel, stride, pad), 0));
              compared++;
            }
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(3000);
  }

  /** AlexNet's and GoogLeNet's poolings: 3×3 by 2, rounded up. */
  @ParameterizedTest
  @CsvSource({"112, 56", "56, 28", "28, 14", "14, 7", "55, 27", "13, 6"})
  void ceilOfPublishedNetworks(int in, int out) {
    assertThat(new Span(3, 2, 1, 0, 0, true).out(in)).isEqualTo(out);
    assertThat(caffe(in, 3, 2, 0)).isEqualTo(out);
  }

  /** Kernel 1, stride 3, of 3 elements: Caffe has a second window, at 3, which holds nothing. */
  @Test
  void caffesEmptyWindowIsLeftOut() {
    assertThat(caffe(3, 1, 3, 0)).isEqualTo(2);
    assertThat(new Span(1, 3, 1, 0, 0, true).out(3)).isEqualTo(1);
  }

  /** TensorFlow's {@code SAME}: the padding of its {@code GetWindowedOutputSize}. */
  @ParameterizedTest
  @CsvSource({
    "5, 3, 1, 1, 1, 1", "5, 2, 1, 1, 0, 1", "224, 7, 2, 1, 2, 3", "6, 3, 2, 1, 0, 1",
    "5, 3, 2, 1, 1, 1", "9, 3, 2, 2, 2, 2", "10, 3, 2, 2, 1, 2", "7, 1, 3, 1, 0, 0",
    "6, 2, 4, 1, 0, 0", "1, 5, 1, 1, 2, 2"
  })
  void same(int in, int kernel, int stride, int dilation, int before, int after) {
    Span same = new Span(kernel, stride, dilation, 9, 9, true).same(in);
    assertThat(same).isEqualTo(new Span(kernel, stride, dilation, before, after, false));
    assertThat(same.out(in)).isEqualTo(Math.ceilDiv(in, stride));
  }

  @Test
  void sameGivesOneOutputToEachStride() {
    for (int in = 1; in <= 30; in++) {
      for (int kernel = 1; kernel <= 7; kernel++) {
        for (int stride = 1; stride <= 5; stride++) {
          Span same = new Span(kernel, stride, 2, 0, 0, false).same(in);
          assertThat(same.out(in)).as("%s of %d", same, in).isEqualTo(Math.ceilDiv(in, stride));
          assertThat(same.after() - same.before()).isBetween(0, 1);
        }
      }
    }
  }

  /** Counted one by one. */
  @Test
  void members() {
    for (int in = 1; in <= 12; in++) {
      for (int kernel = 1; kernel <= 5; kernel++) {
        for (int stride = 1; stride <= 4; stride++) {
          for (int dilation = 1; dilation <= 3; dilation++) {
            for (int pad = 0; pad <= 3; pad++) {
              Span span = new Span(kernel, stride, dilation, pad, 0, true);
              int windows = Math.max(span.out(in), 0);
              long counted = 0;
              for (int tap = 0; tap < kernel * windows; tap++) {
                counted += span.source(tap / kernel, tap % kernel) < in ? 1 : 0;
              }
              assertThat(span.members(in, windows)).as("%s of %d", span, in).isEqualTo(counted);
            }
          }
        }
      }
    }
  }

  @Test
  void lengthsBeyondAnIntAreRefused() {
    int most = Integer.MAX_VALUE;
    assertThatThrownBy(() -> Span.of(1 << 16).dilation(1 << 16))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A window of kernelSize 65536, dilation 65536 and padding 0+0 is longer than 2^31 − 1 elements");
    assertThatThrownBy(() -> Span.of(1).padding(most, most)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Span.of(3).padding(1 << 30, 0).out(1 << 30))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "1073741824 elements, padding 1073741824+0, a window over 3 and a stride of 1 are longer than 2^31 − 1 together");
    assertThatThrownBy(() -> Window.of(1 << 16, 1 << 15))
        .isInstanceOf(UserException.class)
        .hasMessage("A window of 65536×32768 has more than 2^31 − 1 elements");
    assertThat(Span.of(1).out(most - 2)).isEqualTo(most - 2);
    assertThat(Span.of(3).same(most - 8)).isEqualTo(Span.of(3).padding(1, 1));
  }

  @Test
  void windowsAreResolvedAxisByAxis() {
    Window same = Window.of(3).stride(2).same(Shape.of(1, 6, 5));
    assertThat(same).isEqualTo(Window.of(3).stride(2).padding(0, 1, 1, 1));
    assertThat(Window.of(3).same(Shape.of(8))).isEqualTo(Window.of(3));
  }

  @Test
  void binsAreCounted() {
    for (int size = 1; size <= 30; size++) {
      for (int bins = 1; bins <= 30; bins++) {
        long members = 0;
        int largest = 0;
        for (int i = 0; i < bins; i++) {
          int bin =
              AdaptiveAveragePool.end(i, bins, size) - AdaptiveAveragePool.first(i, bins, size);
          members += bin;
          largest = Math.max(largest, bin);
        }
        String what = "%s elements in %s bins".formatted(size, bins);
        assertThat(AdaptiveAveragePool.members(bins, size)).as(what).isEqualTo(members);
        assertThat(AdaptiveAveragePool.largest(bins, size)).as(what).isEqualTo(largest);
      }
    }
  }

  /** PyTorch's bins of 7 elements in 3: 0–2, 2–4, 4–6. */
  @Test
  void adaptiveBinsShareTheirEnds() {
    int[][] bins = {{0, 3}, {2, 5}, {4, 7}};
    for (int i = 0; i < 3; i++) {
      assertThat(AdaptiveAveragePool.first(i, 3, 7)).isEqualTo(bins[i][0]);
      assertThat(AdaptiveAveragePool.end(i, 3, 7)).isEqualTo(bins[i][1]);
    }
    assertThat(
            new AdaptiveAveragePool(3, 3)
                .cost(java.util.List.of(Shape.of(2, 7, 7)), Shape.of(2, 3, 3)))
        .isEqualTo(Cost.additions(2 * (81 - 9)).plus(Cost.multiplications(18)));
  }
}
