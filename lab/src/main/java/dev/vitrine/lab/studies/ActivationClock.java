package dev.vitrine.lab.studies;

import dev.vitrine.lab.statistics.Median;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.optim.Sgd;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.StepClock;
import dev.vitrine.workload.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a training step takes with each activation function: each in turn for a moment, round
 * after round, beginning with another one each time, so that whatever else the machine does meets
 * all of them alike.
 *
 * @param depth hidden layers
 * @param rounds that count, each with the microseconds of a step by function
 * @param disturbed rounds in which other processes were busy
 * @param quiet whether those are left out; otherwise too few would remain
 */
record ActivationClock(int depth, List<List<Double>> rounds, int disturbed, boolean quiet) {
  private static final double LEVEL = 0.95;

  /** Rounds that must remain without the disturbed ones. */
  private static final int FEWEST = 7;

  private static final int MANY_EPOCHS = 1_000_000;

  private record Round(List<Double> micros, boolean disturbed) {}

  /** Functions in the order of the nets. */
  static ActivationClock of(Desk desk, StudyImages images, List<ActivationNet> nets) {
    int depth = nets.getFirst().depth();
    double seconds = desk.numbers("seconds").getFirst();
    List<StepClock> clocks = nets.stream().map(net -> clock(desk, images, net)).toList();
    desk.progress().accept("timing %s layers: warming up".formatted(depth));
    clocks.forEach(clock -> clock.run(4 * seconds));
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round < desk.positive("rounds"); round++) {
      desk.progress().accept("timing %s layers: round %s".formatted(depth, round + 1));
      rounds.add(round(clocks, round, seconds));
    }
    int disturbed = (int) rounds.stream().filter(Round::disturbed).count();
    boolean quiet = rounds.size() - disturbed >= FEWEST;
    return new ActivationClock(
        depth,
        rounds.stream().filter(one -> !quiet || !one.disturbed).map(Round::micros).toList(),
        disturbed,
        quiet);
  }

  private static StepClock clock(Desk desk, StudyImages images, ActivationNet net) {
    Recipe recipe =
        Recipe.of(Sgd.of(desk.numbers("rates").getFirst()))
            .batchSize(desk.counts("batch").getFirst())
            .epochs(MANY_EPOCHS)
            .seed(desk.seed());
    TrainingSession session =
        new TrainingSession(
            net.model(images.train().shape(), desk.seed()), recipe, images.train(), desk.compute());
    return new StepClock(session::advance, new ProcessorTime());
  }

  private static Round round(List<StepClock> clocks, int number, double seconds) {
    Double[] micros = new Double[clocks.size()];
    boolean disturbed = false;
    for (int turn = 0; turn < clocks.size(); turn++) {
      int which = (turn + number) % clocks.size();
      Window window = clocks.get(which).run(seconds);
      micros[which] = 1e6 / window.stepsPerSecond();
      disturbed |= window.disturbed();
    }
    return new Round(List.of(micros), disturbed);
  }

  /** The median of a function's microseconds. */
  Median micros(int function) {
    return Median.of(new Sample(rounds.stream().map(round -> round.get(function)).toList()), LEVEL);
  }

  /** The median over rounds of how many times as long a step takes as with another function. */
  Median ratio(int function, int other) {
    return Median.of(
        new Sample(rounds.stream().map(round -> round.get(function) / round.get(other)).toList()),
        LEVEL);
  }
}
