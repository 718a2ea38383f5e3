package dev.vitrine.lab.studies;

import dev.vitrine.data.DataSplits;
import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Picture;
import dev.vitrine.lab.report.Report;
import dev.vitrine.report.ConfusionTable;
import dev.vitrine.report.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A vision course's recipe for LeNet, with the momentum that its script lost and without. */
final class LenetCourse implements Computed {
  static final String NETWORK = "lenet-course";
  private static final int SHOWN = 5;
  private static final int TABLE_WIDTH = 860;

  @Override
  public String name() {
    return "lenet-course";
  }

  @Override
  public Report run(Desk desk) {
    DataSplits data = CourseData.load(desk);
    List<Long> seeds = desk.counts("seeds").stream().map(Integer::longValue).toList();
    int images = desk.positive("images");
    int all = desk.positive("all-images");
    List<CourseGroup> groups = new ArrayList<>();
    List<CourseGroup> full = new ArrayList<>();
    for (CourseArm arm : arms(desk, images)) {
      groups.add(group(desk, data, arm, seeds));
    }
    for (CourseArm arm : arms(desk, all)) {
      full.add(group(desk, data, arm, seeds.subList(0, 1)));
    }
    CourseFindings found = CourseFindings.of(desk, groups, full);
    List<Report.Section> sections = new ArrayList<>();
    sections.add(steps(desk, data, found));
    sections.add(
        Report.Section.of(
            "The momentum",
            CourseTables.comparisons(found.differences()),
            CourseTables.ends(found.both(), found.few())));
    sections.add(confusion(data, found));
    sections.add(Report.Section.of("The documents", CourseReported.table(found)));
    return new Report(
        name(),
        "The course's LeNet",
        "What does the course's recipe make of LeNet, what did its lost momentum cost, and what can %s images tell?"
            .formatted(found.few()),
        found.conclusions(),
        sections,
        commands(desk, found));
  }

  private static List<CourseArm> arms(Desk desk, int images) {
    double momentum = desk.numbers("momentum").getFirst();
    List<CourseArm> arms = new ArrayList<>();
    if (CourseData.hasWeights(desk)) {
      arms.add(new CourseArm(true, 0, images));
      arms.add(new CourseArm(true, momentum, images));
    }
    arms.add(new CourseArm(false, 0, images));
    arms.add(new CourseArm(false, momentum, images));
    return arms;
  }

  private static CourseGroup group(Desk desk, DataSplits data, CourseArm arm, List<Long> seeds) {
    return new CourseGroup(
        arm, seeds.stream().map(seed -> CourseTraining.of(desk, data, arm, seed)).toList());
  }

  private static Report.Section steps(Desk desk, DataSplits data, CourseFindings found) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Text(
            "Data: %s; the first %s training images are learned from, or %s where \"all\" is said. η = %s/(1 + 0.0001·i)^0.75 at iteration i, twice that for biases, batches of %s, weight decay 0.0005 on weights alone. Nothing is chosen here: the recipe is fixed. The test images were read %s times."
                .formatted(
                    desk.quick()
                        ? "digits that Vitrine draws (the thin version)"
                        : data.train().name(),
                    Numbers.count(found.groups().getFirst().arm().images()),
                    Numbers.count(found.full().getFirst().arm().images()),
                    Say.setting(desk.numbers("rate").getFirst()),
                    desk.counts("batch").getFirst(),
                    Numbers.count(found.testReads()))));
    blocks.add(
        new Block.Text(
            "\"Momentum lost\" is what the course's script did: it saved the velocity under one name and read it under another, so each step began from none. \"From scratch\" is the course's own draw: uniform in ±√(3/(h·w·c)) of all that comes into a layer."));
    blocks.add(CourseTables.curves(found.groups()));
    blocks.add(CourseTables.sight(found.groups().getFirst(), found.few()));
    found.groups().forEach(group -> blocks.add(CourseTables.steps(group, found.few())));
    return new Report.Section("Accuracy", blocks);
  }

  private static Report.Section confusion(DataSplits data, CourseFindings found) {
    return Report.Section.of(
        "Confusion",
        new Block.Text(
            "Of the network %s, learned from %s images, seed %s: what the script gave."
                .formatted(
                    found.script().arm().name(),
                    Numbers.count(found.script().arm().images()),
                    found.script().first().seed())),
        new Picture(
            "confusion",
            "All %s test images: rows are what an image is, columns what it was read as"
                .formatted(Numbers.count(found.script().first().end().total())),
            ConfusionTable.of(
                found.script().first().end().all().confusion(), data.test().classNames()),
            TABLE_WIDTH),
        found.pairTable(),
        MisreadPairs.picture(
            found.pairs().pairs().subList(0, SHOWN).stream()
                .filter(pair -> pair.count() > 0)
                .toList(),
            data.test()));
  }

  /** The trainings that begin with a file can be had alone; drawn starts are this study's. */
  private static Map<String, String> commands(Desk desk, CourseFindings found) {
    Map<String, String> commands = new LinkedHashMap<>();
    for (CourseGroup group : found.both()) {
      if (group.arm().pretrained()) {
        commands.put(
            "%s, %s images".formatted(group.arm().name(), Numbers.count(group.arm().images())),
            group.arm().command(desk, group.first().seed()));
      }
    }
    return commands;
  }
}
