package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series.Point;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How weights start, and what comes of it. */
final class Initialization implements Computed {
  private static final int LOW = -12;
  private static final int HIGH = 4;

  @Override
  public String name() {
    return "initialization";
  }

  @Override
  public Report run(Desk desk) {
    int n = desk.counts("images").getFirst();
    StudyImages images = StudyImages.of(desk, n, n / 4);
    List<Started> starts = starts(desk, images);
    List<Started> biased = new ArrayList<>();
    for (double bias : new double[] {0, 0.1, 1}) {
      Initializer biases = Initializer.constant(bias);
      biased.add(start(desk, images, "biases " + bias, "", Initializer.kaimingNormal(), biases));
    }
    List<Started> constant = constants(desk, images);
    return new Report(
        name(),
        "How weights start",
        "Which starts keep units apart and gradients alive, and what do they come to?",
        conclusions(starts, biased, constant),
        List.of(
            Report.Section.of(
                "Starts",
                new Block.Text(
                    "%s Network %s (ReLU), SGD at η = %s, %s epochs, one seed; norms and histograms are of the first 256 and 200 images, before any step."
                        .formatted(
                            images.origin(),
                            desk.words("network").getFirst(),
                            Say.setting(desk.numbers("rate").getFirst()),
                            desk.counts("epochs").getFirst())),
                table("starts", "Weights, with biases 0", starts),
                histogram("gradients1", "Sizes of the first layer's gradient", starts, "linear1"),
                histogram("gradients3", "Sizes of the last layer's gradient", starts, "linear3"),
                activations("relu1", 0, starts),
                activations("relu2", 1, starts)),
            Report.Section.of(
                "Biases", table("biases", "Kaiming's weights, constant biases", biased)),
            Report.Section.of(
                "Constant starts",
                table(
                    "constants",
                    "The same number everywhere: alone, with dropout, and in a convolution of 8 maps before a max-pool",
                    constant)),
            Report.Section.of("The documents", reported(starts, constant))),
        Map.of());
  }

  private static List<Started> starts(Desk desk, StudyImages images) {
    Initializer zero = Initializer.constant(0);
    return List.of(
        start(desk, images, "zeros", "", zero, zero),
        start(desk, images, "ones", "", Initializer.constant(1), zero),
        start(desk, images, "N(0, 1)", "", Initializer.normal(1), zero),
        start(desk, images, "N(0, 1/n)", "", Initializer.leCunNormal(), zero),
        start(desk, images, "Xavier", "", Initializer.xavierNormal(), zero),
        start(desk, images, "Kaiming", "", Initializer.kaimingNormal(), zero));
  }

  private static List<Started> constants(Desk desk, StudyImages images) {
    Initializer zero = Initializer.constant(0);
    Initializer same = Initializer.constant(desk.numbers("constant").getFirst());
    Layer pooled =
        Sequential.of(
            Conv2d.of(8, 5), Activation.relu(), MaxPool2d.of(2), Flatten.of(), Linear.of(10));
    Model convolution = Model.of(pooled, images.train().shape(), same, zero, desk.seed());
    return List.of(
        start(desk, images, "constant", "", same, zero),
        start(desk, images, "constant, dropout 0.5", "-dropout0.5", same, zero),
        Started.of(desk, images, "constant, max-pool", convolution));
  }

  private static Started start(
      Desk desk,
      StudyImages images,
      String name,
      String suffix,
      Initializer weights,
      Initializer biases) {
    String network = desk.words("network").getFirst() + suffix;
    Layer layers = Zoo.find(network, images.train().shape(), 10).layers();
    return Started.of(
        desk, images, name, Model.of(layers, images.train().shape(), weights, biases, desk.seed()));
  }

  private static String accuracy(Started one) {
    return Double.isNaN(one.accuracy()) ? "diverges" : Numbers.percent(one.accuracy(), 2);
  }

  private static List<String> conclusions(
      List<Started> starts, List<Started> biased, List<Started> constant) {
    List<String> said = new ArrayList<>();
    Started zeros = starts.getFirst();
    said.add(
        "With all zeros the loss is %s (ln 10 = %s) and the parameters with a gradient are %s."
            .formatted(
                Say.number(zeros.loss(), 7),
                Say.number(Math.log(10), 7),
                String.join(", ", zeros.moved())));
    said.add(
        "Held accuracy: %s."
            .formatted(Say.list(starts.stream().map(s -> s.name() + " " + accuracy(s)).toList())));
    for (Started one : constant) {
      said.add(
          "%s: %s units of the first layer equal another at the start, %s after the training%s."
              .formatted(
                  Say.capital(one.name()),
                  one.identicalBefore(),
                  one.identicalAfter(),
                  one.identicalAfter() == one.identicalBefore()
                      ? ", so the symmetry stays"
                      : ", so the symmetry breaks"));
    }
    said.add(
        "Before ReLUs, %s."
            .formatted(
                Say.list(
                    biased.stream()
                        .map(b ->
                            "%s leave %s of the second layer's units dead at the start and end at %s"
                                .formatted(
                                    b.name(), Numbers.percent(b.dead().getLast(), 0), accuracy(b)))
                        .toList())));
    return said;
  }

  private static Grid table(String id, String caption, List<Started> starts) {
    Grid grid =
        Grid.of(
            id,
            caption,
            "start",
            "loss",
            "gradient, first",
            "gradient, last",
            "activation by ReLU",
            "dead by ReLU, %",
            "identical",
            "after",
            "accuracy, %");
    for (Started one : starts) {
      List<String> weights =
          one.gradients().keySet().stream().filter(name -> name.endsWith("weight")).toList();
      grid =
          grid.row(
              one.name(),
              Say.number(one.loss(), 4),
              Say.number(one.norm(weights.getFirst()), 3),
              Say.number(one.norm(weights.getLast()), 3),
              String.join(
                  ", ",
                  one.activations().stream()
                      .map(a -> Say.number(Started.rootMeanSquare(a), 2))
                      .toList()),
              String.join(", ", one.dead().stream().map(d -> Say.number(100 * d, 2)).toList()),
              Integer.toString(one.identicalBefore()),
              Integer.toString(one.identicalAfter()),
              Double.isNaN(one.accuracy()) ? "diverges" : Numbers.percentDigits(one.accuracy(), 2));
    }
    return grid;
  }

  private static Figure histogram(String id, String caption, List<Started> starts, String layer) {
    return sizes(
        id,
        caption + ": the share of its elements by the power of ten; exact zeros are left out",
        starts.stream()
            .map(one -> line(one.name(), one.gradients().get(layer + ".weight")))
            .toList());
  }

  private static Figure activations(String id, int relu, List<Started> starts) {
    return sizes(
        id,
        "Sizes of what ReLU %s gives, by the power of ten; exact zeros are left out"
            .formatted(relu + 1),
        starts.stream().map(one -> line(one.name(), one.activations().get(relu))).toList());
  }

  private static Figure sizes(String id, String caption, List<Figure.Line> lines) {
    return new Figure(
        id, caption, Figure.Scale.linear("log₁₀ |v|"), Figure.Scale.linear("share"), lines);
  }

  private static Figure.Line line(String name, float[] values) {
    double[] shares = new double[2 * (HIGH - LOW) + 1];
    for (float v : values) {
      if (v != 0) {
        int bin = (int) Math.round(2 * (Math.log10(Math.abs(v)) - LOW));
        shares[Math.clamp(bin, 0, shares.length - 1)] += 1.0 / values.length;
      }
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      points.add(new Point(LOW + i / 2.0, shares[i]));
    }
    return Figure.Line.of(Arrays.stream(shares).sum() == 0 ? name + " (all 0)" : name, points);
  }

  private static Grid reported(List<Started> starts, List<Started> constant) {
    Started zeros = starts.getFirst();
    return Grid.of(
            "reported",
            "What the documents reported beside what was found",
            "claim",
            "reported",
            "found")
        .row("loss, all zeros", "2.302585", Say.number(zeros.loss(), 7))
        .row("gradients, all zeros", "the last bias alone", String.join(", ", zeros.moved()))
        .row("a constant start with dropout", "breaks the symmetry", symmetry(constant.get(1)))
        .row("a constant start with max-pool", "breaks the symmetry", symmetry(constant.get(2)));
  }

  private static String symmetry(Started one) {
    return one.identicalAfter() == one.identicalBefore()
        ? "does not"
        : "%s of %s equal units left".formatted(one.identicalAfter(), one.identicalBefore());
  }
}
