package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.MnistFolder;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.Evaluator;
import dev.vitrine.weights.Weights;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The course's LeNet with the weights that it begins with. */
class CourseWeightsTest {
  /** Rectified behind both convolutions and the last logit 0; without the former 90.64 %. */
  @Test
  void readsNineThousandAndEightyFiveDigitsRightly() {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    NetworkSpec spec = Zoo.named("lenet-course");
    Model model = Model.of(spec.layers(), spec.input());
    Weights weights = Weights.read(Path.of(data, "models", "lenet_pretrained.mat"));
    Transfer.of(weights, spec.name(), model, Optional.empty()).into(model);
    Dataset test = MnistFolder.of(Path.of(data, "mnist")).loadTest();
    try (Compute compute = Compute.of(2)) {
      Evaluator evaluator = new Evaluator(model, test, Normalisation.UNIT, compute);
      assertThat(evaluator.evaluate(0).accuracy()).isEqualTo(0.9085);
    }
  }
}
