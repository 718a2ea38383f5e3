package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Sgd;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What no training can run on is refused when it is asked for, as a batch of none is. */
class TrainerThreadsTest {
  @Test
  void aNumberOfThreadsThatIsNoneIsRefusedAtOnce() {
    Trainer trainer = Trainer.of(Model.of(Linear.of(2), Shape.of(3)), Sgd.of(0.1));
    assertThatThrownBy(() -> trainer.threads(-1))
        .isInstanceOf(UserException.class)
        .hasMessage("The number of threads expects 1 to 1024, but got -1");
  }
}
