package dev.vitrine.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people take for a file of weights is named, with what to do. */
class StrangersTest {
  private static final String HDF5 = "\u0089HDF\r\n\u001a\n";

  @TempDir Path folder;

  private void refused(String latin, String sentence) throws IOException {
    Path file = Files.write(folder.resolve("x.pth"), latin.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage("%s: %s".formatted(file, sentence));
  }

  @Test
  void othersAreNamed() throws IOException {
    refused("", "the file is empty");
    refused(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        "a Git LFS pointer, which stands for the file itself: get that with \"git lfs pull\", or"
            + " download it from the repository's page");
    for (String page : new String[] {"<!DOCTYPE html>", "\n <HTML lang='de'>", "<!doctype HTML>"}) {
      refused(page, "a web page, saved in the file's place: download the file itself");
    }
    refused(
        "\u001f\u008b\b\0\0\0\0\0\0", "a file packed by gzip: unpack it first, with gunzip, say");
    String hdf5 =
        "an HDF5 file, such as Keras' .h5, which is not read: write the weights as safetensors, .npz"
            + " or ONNX";
    refused(HDF5 + "\0\0", hdf5);
    refused("\0".repeat(512) + HDF5, hdf5);
    refused(
        "MATLAB 7.3 MAT-file" + " ".repeat(493) + HDF5,
        "a file of MATLAB 7.3, which is HDF5 and not read: save it with save(…, '-v7')");
    refused(
        "GGUF\3\0\0\0",
        "not a file of weights in a known format: safetensors, PyTorch's, NumPy's, MATLAB's, Octave's"
            + " text or ONNX");
  }

  private void archiveRefused(String entry, String sentence) throws IOException {
    Path file = folder.resolve("x.keras");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(1);
      zip.closeEntry();
    }
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage("%s: %s".formatted(file, sentence));
  }

  @Test
  void archivesWithoutArraysAreNamed() throws IOException {
    archiveRefused(
        "model.weights.h5",
        "Keras' own archive, whose weights are HDF5, which is not read: write them as .npz or ONNX");
    archiveRefused(
        "readme.txt", "a zip archive without weights: it holds neither .npy nor data.pkl");
  }
}
