package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.ParameterSpec.Role;
import dev.vitrine.optim.Sgd;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private static boolean decays(Recipe recipe, Role role) {
    return recipe.decays(new ParameterSpec("p", Shape.of(3), role, 1, 1));
  }

  @Test
  void weightDecayGoesByRole() {
    Recipe recipe = Recipe.of(Sgd.of(0.1));
    assertThat(decays(recipe, Role.WEIGHT)).isTrue();
    assertThat(decays(recipe, Role.BIAS)).isTrue();
    assertThat(decays(recipe.decayBiases(false), Role.BIAS)).isFalse();
    assertThat(decays(recipe.decayBiases(false), Role.WEIGHT)).isTrue();
    assertThat(decays(recipe, Role.SLOPE)).isFalse();
  }
}
