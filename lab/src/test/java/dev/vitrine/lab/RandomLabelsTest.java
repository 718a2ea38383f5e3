package dev.vitrine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.DataOutline;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.run.RunConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is nothing to learn no arm is better than another. */
class RandomLabelsTest {
  private static final String YAML =
      TinyStudies.YAML.replace("seeds: 2", "seeds: 7").replace("epochs: 2", "epochs: 1");

  @TempDir private Path box;

  /** Digits of which each says by lot what it is. */
  private record Shuffled(DataSource digits, boolean honest) implements DataSource {
    @Override
    public String name() {
      return digits.name();
    }

    @Override
    public DataOutline outline() {
      return digits.outline();
    }

    @Override
    public DataSplits load() {
      DataSplits all = digits.load();
      return honest
          ? all
          : DataSplits.of(labelled(all.train(), "train"), labelled(all.test(), "test"));
    }

    @Override
    public Dataset loadTest() {
      return load().test();
    }

    private static Dataset labelled(Dataset data, String part) {
      RandomStream lots = Seed.of(3).stream(part);
      int[] labels =
          IntStream.range(0, data.size())
              .map(i -> lots.below(i, data.classNames().size()))
              .toArray();
      byte[] pixels = new byte[data.size() * data.shape().elements()];
      for (int i = 0; i < data.size(); i++) {
        System.arraycopy(
            data.array(i),
            data.offset(i),
            pixels,
            i * data.shape().elements(),
            data.shape().elements());
      }
      return Dataset.of(
          data.name(), data.shape(), pixels, Targets.Classes.of(data.classNames(), labels));
    }
  }

  private StudyResult study(String name, boolean honest, String yaml) {
    Trainings trainings =
        new Trainings() {
          @Override
          public RunConfig config(Map<String, String> settings) {
            return TinyStudies.TRAININGS.config(settings);
          }

          @Override
          public DataSource data(RunConfig config) {
            return new Shuffled(TinyStudies.TRAININGS.data(config), honest);
          }
        };
    Study study = Study.of(box.resolve(name), TinyStudies.spec(yaml), trainings);
    return TinyStudies.run(study, TinyStudies.options(2), StudyListener.SILENT);
  }

  private static Comparison compare(StudyResult result) {
    List<Sample> tests =
        result.arms().stream()
            .map(arm ->
                new Sample(
                    arm.best().orElseThrow().trials().stream()
                        .map(trial -> trial.test().orElseThrow().accuracy())
                        .toList()))
            .toList();
    return Comparison.all(
            List.of(new Comparison.Pair(tests.get(0), tests.get(1), false)), Comparison.USUAL_LEVEL)
        .getFirst();
  }

  @Test
  void randomLabelsGiveNoWinner() {
    StudyResult result = study("random", false, YAML);
    assertThat(result.complete()).isTrue();
    assertThat(result.arms())
        .allSatisfy(
            arm -> assertThat(arm.best().orElseThrow().testAccuracy().mean()).isBetween(0.03, 0.2));
    assertThat(compare(result).verdict()).isEqualTo(Comparison.Verdict.NO_DIFFERENCE_SHOWN);
  }

  /** The same study finds what there is: one arm that learns and one that hardly does. */
  @Test
  void trueLabelsGiveOne() {
    String yaml =
        YAML.replace("[0.05, 0.2]", "[1e-6]").replace("train-images: 120", "train-images: 400");
    StudyResult result = study("true", true, yaml);
    assertThat(compare(result).verdict()).isEqualTo(Comparison.Verdict.SMALLER);
  }
}
