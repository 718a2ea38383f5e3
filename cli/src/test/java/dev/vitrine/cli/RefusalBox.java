package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A place for commands that are refused: each must say so in one line on the error stream, exit
 * with 2, and leave the place as it was.
 *
 * @param root where a test may write
 * @param data a folder of good data
 * @param network the file of a network for them
 */
record RefusalBox(Path root, Path data, Path network) {
  static RefusalBox in(Path folder) throws IOException {
    Path root = Files.createDirectory(folder.resolve("box"));
    return new RefusalBox(root, TinyData.write(folder.resolve("data")), TinyData.network(folder));
  }

  /** A box in which a small network has been trained, as {@code run}. */
  static RefusalBox trained(Path folder) throws IOException {
    RefusalBox box = in(folder);
    Cli.done(
        "train --model %s --data %s --epochs 4 --batch 8 --out %s",
        box.network(), box.data(), box.path("run"));
    return box;
  }

  /** What pages and lines call the data: the folder's name, without the way there. */
  String title() {
    return data.getFileName().toString();
  }

  Path path(String name) {
    return root.resolve(name);
  }

  /** Runs a refused command and returns its line; BOX and DATA stand for the folders. */
  String refused(String words) {
    List<String> before = Cli.tree(root);
    String[] args =
        Arrays.stream(words.split(" "))
            .map(w -> w.replace("BOX", root.toString()).replace("DATA", data.toString()))
            .toArray(String[]::new);
    Cli cli = Cli.run(args);
    assertThat(cli.complaints()).hasSize(1);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(Cli.tree(root)).isEqualTo(before);
    return cli.complaints()
        .getFirst()
        .replace(root.toString(), "BOX")
        .replace(data.toString(), "DATA");
  }

  /** {@link #refused} of a training that would work without the given options. */
  String refusedTraining(String options) {
    String model = options.contains("--model") ? "" : "--model " + network + " ";
    String folder = options.contains("--data ") ? "" : "--data DATA ";
    String batch = options.contains("--batch") ? "" : "--batch 8 ";
    String out = options.contains("--out") ? "" : "--out BOX/run ";
    return refused("train " + model + folder + batch + out + options);
  }
}
