package dev.vitrine.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.augment.Augmentation;
import dev.vitrine.augment.Augmentation.Elastic;
import dev.vitrine.error.UserException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationsTest {
  @Test
  void everyChange() {
    assertThat(
            Augmentations.parse(
                "shift:2,rotate:10,scale:0.1,elastic:1.4:3,flip,vflip,crop:4,noise:0.05"))
        .isEqualTo(
            new Augmentation(2, 10, 0.1, Optional.of(new Elastic(1.4, 3)), true, true, 4, 0.05));
    assertThat(Augmentations.parse("elastic:1"))
        .isEqualTo(Augmentation.NONE.elastic(new Elastic(1, 4)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shift:2,rotate:10,scale:0.1,elastic:1.4,flip,vflip,crop:4,noise:0.05",
        "elastic:1.5:2.5",
        "flip",
        "crop:1"
      })
  void textsComeBack(String text) {
    assertThat(Augmentations.text(Augmentations.parse(text))).isEqualTo(text);
  }

  @Test
  void orderAndCaseDoNotMatter() {
    assertThat(Augmentations.parse("Noise:0.1, FLIP,shift:1"))
        .isEqualTo(Augmentations.parse("shift:1.0,flip,noise:1e-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shfit:2|some of crop, elastic, flip, noise, rotate, scale, shift, vflip, but got \"shfit:2\"; did you mean \"shift\"?",
        "shift|shift:PIXELS, but got \"shift\"",
        "flip:1|flip, but got \"flip:1\"",
        "flip,flip|each change once, but got \"flip,flip\"",
        "crop:1.5|a whole number from 1 to 2^31 in crop:PIXELS, but got \"crop:1.5\"",
        "crop:0|a whole number from 1 to 2^31 in crop:PIXELS, but got \"crop:0\"",
        "shift:x|a number in shift:PIXELS, but got \"shift:x\"",
        "noise:0|a number above 0 in noise:DEVIATION, but got \"noise:0\"",
        "rotate:200|a rotation of 0 to 180 degrees, but got 200",
      })
  void refusals(String text, String sentence) {
    assertThatThrownBy(() -> Augmentations.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage("The augmentation expects " + sentence);
  }
}
