package dev.vitrine.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of PyTorch that DJL has no call for. PyTorch loads functions from archives of
 * TorchScript: zip files of Python text and pickled objects, of which one without numbers has but a
 * few bytes.
 */
final class TorchScript {
  /** A pickled object of class {@code __torch__.F} without attributes. */
  private static final String OBJECT = "\u0080\u0002c__torch__\nF\n)\u0081}b.";

  /** A pickled empty tuple. */
  private static final String NOTHING = "\u0080\u0002).";

  /** Functions have the arguments of that version of the format: GELU's form came with it. */
  private static final String VERSION = "10\n";

  private final PtSymbolBlock module;
  private final ParameterStore none;

  /**
   * Compiles a function.
   *
   * @param manager who frees it
   * @param body lines that return a tensor, such as {@code return torch.prelu(x, w)}
   * @param arguments the names of its tensors, such as {@code x} and {@code w}
   */
  TorchScript(NDManager manager, String body, String... arguments) {
    none = new ParameterStore(manager, false);
    try {
      module =
          JniUtils.loadModule(
              (PtNDManager) manager,
              new ByteArrayInputStream(archive(body, arguments)),
              /* mapLocation= */ false,
              /* hasSize= */ false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive(String body, String... arguments) throws IOException {
    String signature =
        Stream.of(arguments).map(name -> name + ": Tensor").collect(Collectors.joining(", "));
    String code =
        """
        class F(Module):
          __parameters__ = []
          __buffers__ = []
          def forward(self: __torch__.F, %s) -> Tensor:
        %s\
        """
            .formatted(signature, body.strip().indent(4));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "data.pkl", OBJECT);
      entry(zip, "constants.pkl", NOTHING);
      entry(zip, "code/__torch__.py", code);
      entry(zip, "version", VERSION);
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, String bytes) throws IOException {
    zip.putNextEntry(new ZipEntry("function/" + name));
    zip.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    zip.closeEntry();
  }

  /** The function's value; gradients flow through it. */
  NDArray apply(NDArray... arguments) {
    return module.forward(none, new NDList(arguments), /* training= */ true).singletonOrThrow();
  }
}
