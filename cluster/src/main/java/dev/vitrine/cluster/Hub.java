package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.nn.Model;
import dev.vitrine.run.RunConfig;
import dev.vitrine.tensor.Layout;
import dev.vitrine.train.ShardSource;
import dev.vitrine.train.ShardStep;
import dev.vitrine.train.ShardSum;
import dev.vitrine.train.ShardTree;
import dev.vitrine.train.ShardWork;
import dev.vitrine.train.Shards;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The driver in the middle: sends each member the numbers that a step begins with and puts together
 * what they sum. Until all have answered nothing is changed, so a step whose member was lost is
 * done again from the same numbers, by a new team, to the same bits.
 */
final class Hub implements ShardSource, AutoCloseable {
  /** Teams that may be lost one after another without a step between. */
  private static final int MOST_LOST = 4;

  private final JavaSparkContext context;
  private final Model model;
  private final RunConfig config;
  private final Broadcast<Object[]> rows;
  private final int members;
  private final TeamNotes notes;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Shards cut;
  private final int outputs;
  private final float[] output;
  private Gathering team;

  Hub(
      JavaSparkContext context,
      Model model,
      RunConfig config,
      Broadcast<Object[]> rows,
      int members,
      TeamNotes notes) {
    this.context = context;
    this.model = model;
    this.config = config;
    this.rows = rows;
    this.members = members;
    this.notes = notes;
    cut = config.recipe().cut();
    outputs = model.output().elements();
    output = new float[Math.multiplyExact(config.recipe().batchSize(), outputs)];
  }

  /** Has the members come now, so that what cannot work is known before anything is begun. */
  void begin() {
    for (int lost = 0; team == null; lost++) {
      try {
        gather();
      } catch (IOException e) {
        again(lost, "before the first step", e);
      }
    }
  }

  private void gather() throws IOException {
    Layout layout = ShardWork.layout(model, config.recipe());
    team = Gathering.of(context, Json.line(config.toJson()), rows, members, layout, notes);
  }

  @Override
  public void compute(ShardStep step, ShardTree sums) {
    for (int lost = 0; ; lost++) {
      try {
        if (team == null) {
          gather();
        }
        ask(step);
        break;
      } catch (IOException e) {
        again(lost, "at step " + (step.number() + 1), e);
      }
    }
    long start = System.nanoTime();
    for (Link link : team.links()) {
      for (ShardSum sum : link.sums()) {
        sums.node(sum);
      }
    }
    notes.added(System.nanoTime() - start);
  }

  /** Gives a team up that has lost somebody, and the training if that was too often. */
  private void again(int lost, String where, IOException e) {
    if (team != null) {
      team.disband();
      team = null;
    }
    if (lost == MOST_LOST) {
      throw new UserException(
          "Executors were lost %s times %s, at last so: %s".formatted(lost + 1, where, reason(e)),
          e);
    }
    notes.say("an executor was lost %s (%s); a new team goes on".formatted(where, reason(e)));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "its connection ended" : e.getMessage();
  }

  private void ask(ShardStep step) throws IOException {
    long start = System.nanoTime();
    int examples = step.batch().size();
    int shards = cut.of(examples);
    List<Future<Void>> answers = new ArrayList<>();
    List<Link> links = team.links();
    for (int m = 0; m < members; m++) {
      Link link = links.get(m);
      int from = cut.from(Assignment.from(m, members, shards), examples);
      int to = cut.from(Assignment.from(m + 1, members, shards), examples);
      answers.add(
          threads.submit(() -> {
            link.step(step, output, from * outputs, (to - from) * outputs);
            return null;
          }));
    }
    IOException lost = null;
    for (Future<Void> answer : answers) {
      try {
        answer.get();
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case IOException gone -> {
            lost = lost == null ? gone : lost;
            team.close(); // whoever waits for another member waits in vain
          }
          case RuntimeException told -> throw told;
          default -> throw new IllegalStateException("A step failed", e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted in step " + (step.number() + 1), e);
      }
    }
    if (lost != null) {
      throw lost;
    }
    notes.asked(System.nanoTime() - start, links);
  }

  @Override
  public void output(int example, float[] into) {
    System.arraycopy(output, example * outputs, into, 0, outputs);
  }

  @Override
  public void release() {
    // What was read is in this object's own arrays.
  }

  @Override
  public void close() {
    if (team != null) {
      team.end();
      team = null;
    }
    threads.close();
  }
}
