package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.optim.Adam;
import dev.vitrine.optim.RmsProp;
import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import org.junit.jupiter.api.Test;

/** Who is to blame when a training diverges. */
class RemedyTest {
  private static final Recipe USUAL = Recipe.of(Sgd.of(0.02).momentum(0.9).weightDecay(5e-4));

  @Test
  void theLearningRateWhereAllElseIsUsual() {
    assertThat(Remedy.of(USUAL, 5, false)).isEqualTo("Try a smaller learning rate than 0.02");
    assertThat(Remedy.of(Recipe.of(Sgd.of(1e30).weightDecay(5e-4)), 5, false))
        .isEqualTo("Try a smaller learning rate than 1e30");
    assertThat(Remedy.of(Recipe.of(Adam.of(8)), 5, false))
        .isEqualTo("Try a smaller learning rate than 8");
  }

  @Test
  void aWeightDecayByWhichWeightsGrow() {
    assertThat(Remedy.of(Recipe.of(Sgd.of(0.02).momentum(0.9).weightDecay(1e30)), 5, false))
        .isEqualTo(
            "Try a smaller weight decay than 1e30: times the learning rate it is 2e28, by which"
                + " weights grow on their own");
    assertThat(Remedy.of(Recipe.of(Sgd.of(0.02).weightDecay(99)), 5, false))
        .isEqualTo("Try a smaller learning rate than 0.02");
    assertThat(Remedy.of(Recipe.of(Sgd.of(0.02).weightDecay(101)), 5, false))
        .startsWith("Try a smaller weight decay than 101");
    assertThat(Remedy.of(Recipe.of(Adam.of(0.001).weightDecay(1e30)), 5, false))
        .startsWith("Try a smaller weight decay than 1e30");
  }

  @Test
  void momentumFactorsAndSchedules() {
    assertThat(Remedy.of(Recipe.of(Sgd.of(0.02).momentum(0.999)), 5, false))
        .isEqualTo(
            "Try a smaller momentum than 0.999, by which steps add up to 1000 times one, or a"
                + " smaller learning rate than 0.02");
    assertThat(Remedy.of(USUAL.biasRate(1e6), 5, false))
        .isEqualTo("Try a smaller factor than 1000000 on the learning rate of biases");
    assertThat(Remedy.of(USUAL.rate("conv1.weight", 1e9), 5, false))
        .isEqualTo("Try a smaller factor than 1e9 on the learning rate of conv1.weight");
    assertThat(Remedy.of(USUAL.schedule(new Schedule.Exponential(2)), 11, false))
        .isEqualTo(
            "Try a schedule that does not grow: it has multiplied the learning rate by 1024");
  }

  @Test
  void aMomentumByWhichStepsGrow() {
    assertThat(Remedy.of(Recipe.of(Sgd.of(0.02).momentum(1)), 5, false))
        .isEqualTo("Try a momentum between -1 and 1: by 1 steps grow without end");
    assertThat(Remedy.of(Recipe.of(Sgd.of(0.02).momentum(-1.1).weightDecay(1)), 5, false))
        .isEqualTo("Try a momentum between -1 and 1: by -1.1 steps grow without end");
    assertThat(Remedy.of(Recipe.of(RmsProp.of(0.02).momentum(-1)), 5, false))
        .startsWith("Try a momentum between -1 and 1");
    assertThat(Remedy.of(Recipe.of(Sgd.of(0.02).momentum(-0.9)), 5, false))
        .isEqualTo("Try a smaller learning rate than 0.02");
  }

  @Test
  void whatTheTrainingBeganWith() {
    assertThat(Remedy.of(USUAL, 1, true))
        .isEqualTo(
            "No update has been made yet: try smaller weights to start with, or smaller inputs");
  }
}
