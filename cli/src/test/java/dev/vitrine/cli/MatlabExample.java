package dev.vitrine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small network, and its numbers in a file as Octave writes it. */
final class MatlabExample {
  private MatlabExample() {}

  static Path network(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("small.json"),
        """
        {"input": [1, 3, 3], "layers": [{"conv2d": 1, "kernel": 2}, "relu", "flatten", {"linear": 2}]}
        """);
  }

  /** The kernel is by columns: 1 1 above −1 −1. */
  static Path numbers(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("small.mat"),
        """
        # name: k
        # type: matrix
        # ndims: 4
         1 1 2 2
         1
         -1
         1
         -1

        # name: kb
        # type: matrix
        # rows: 1
        # columns: 1
         0.5

        # name: W
        # type: matrix
        # rows: 2
        # columns: 4
         1 2 3 4
         -1 0 0 1

        # name: b
        # type: matrix
        # rows: 2
        # columns: 1
         0
         1
        """);
  }
}
