package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Report;
import dev.vitrine.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Activation functions against one another, from shallow networks to deep ones. */
final class Activations implements Computed {
  @Override
  public String name() {
    return "activation";
  }

  @Override
  public Report run(Desk desk) {
    List<ActivationNet> nets = ActivationNet.all(desk);
    ActivationFindings.baseline(desk); // a slip is to be known before minutes have passed
    int train = desk.positive("images");
    StudyImages images = StudyImages.of(desk, train, train / 2);
    List<ActivationArm> arms =
        nets.stream().map(net -> ActivationArm.of(desk, images, net)).toList();
    List<ActivationClock> clocks =
        desk.counts("depths").stream()
            .map(depth -> ActivationClock.of(desk, images, timed(desk, depth)))
            .toList();
    ActivationFindings found = ActivationFindings.of(desk, arms, clocks);
    ActivationTables tables = new ActivationTables(found);
    List<Block> gradients = new ArrayList<>();
    gradients.add(
        new Block.Text(
            "The gradient is that of the biases, the mean δ of a layer, over the first 256 images, before any step."));
    gradients.addAll(tables.norms());
    gradients.add(tables.factors());
    return new Report(
        name(),
        "Activation functions",
        "Which activation function learns best at which depth, what becomes of its gradients and units, and is ReLU really faster?",
        new ActivationSaid(found).conclusions(),
        List.of(
            Report.Section.of(
                "Accuracy",
                new Block.Text(about(desk, images, found)),
                tables.curves(),
                tables.accuracies()),
            new Report.Section("Gradients", gradients),
            Report.Section.of(
                "Dead units",
                new Block.Text(
                    "A unit is dead if its function's derivative is below a thousandth of its largest for each of 300 training images, after the training: for ReLU, if it always gives 0; for sigmoid and tanh, if it is always saturated."),
                tables.deadByLayer(),
                tables.dead()),
            Report.Section.of("Time", new Block.Text(timing(desk, found)), tables.times()),
            Report.Section.of("The documents", tables.reported())),
        Map.of());
  }

  /** The functions at a depth, and none at all. */
  private static List<ActivationNet> timed(Desk desk, int depth) {
    List<ActivationNet> nets = new ArrayList<>(ActivationNet.at(desk, depth));
    nets.add(
        new ActivationNet(
            ActivationNet.NONE, "xavier-normal", depth, desk.counts("width").getFirst()));
    return nets;
  }

  private static String about(Desk desk, StudyImages images, ActivationFindings found) {
    return "%s Hidden layers of %s units, SGD, batches of %s, %s epochs. Each network has the rate at which it is best, in the mean over %s seeds, on the first half of what is held out; accuracies are of the second half, over %s seeds, which pair the functions: the same order of examples. A network that diverges is right of no image. Starts: %s."
        .formatted(
            images.origin(),
            desk.counts("width").getFirst(),
            desk.counts("batch").getFirst(),
            desk.counts("epochs").getFirst(),
            desk.counts("tune-seeds").getFirst(),
            desk.counts("seeds").size(),
            Say.list(
                found.arms().stream()
                    .map(arm ->
                        "%s %s"
                            .formatted(ActivationNet.word(arm.net().function()), arm.net().start()))
                    .distinct()
                    .toList()));
  }

  private static String timing(Desk desk, ActivationFindings found) {
    int disturbed = found.clocks().stream().mapToInt(ActivationClock::disturbed).sum();
    int all = desk.counts("rounds").getFirst() * found.clocks().size();
    boolean quiet = found.clocks().stream().allMatch(ActivationClock::quiet);
    return "Whole training steps, forward, backward and update, of a batch of %s. In each of %s rounds every function had %s s, one after another, and another one began: what else the machine does meets all alike. Times are medians; ratios are medians of the rounds' ratios, with intervals from their order alone. In %s of %s rounds other processes were busy%s. %s has no activation function at all."
        .formatted(
            desk.counts("batch").getFirst(),
            desk.counts("rounds").getFirst(),
            Say.setting(desk.numbers("seconds").getFirst()),
            Numbers.count(disturbed),
            Numbers.count(all),
            disturbed == 0
                ? ""
                : quiet
                    ? "; they are left out"
                    : "; where fewer than seven would remain they are kept, so the times, though hardly their ratios, are too long",
            "\"" + ActivationNet.NONE + "\"");
  }
}
