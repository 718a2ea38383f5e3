package dev.vitrine.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A pickle (protocol 2) of an ordered dictionary of PyTorch tensors, whose storages lie outside.
 */
final class StatePickle {
  private static final int LONG_BYTES = 9;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private StatePickle() {}

  /** The storage of the tensor at place i is called i. */
  static byte[] of(List<TensorData> tensors) {
    var pickle = new StatePickle();
    pickle.code("\u0080\u0002").ordered().code("(");
    for (int i = 0; i < tensors.size(); i++) {
      pickle.text(tensors.get(i).name()).tensor(tensors.get(i), Integer.toString(i));
    }
    pickle.code("u.");
    return pickle.out.toByteArray();
  }

  private StatePickle ordered() {
    return global("collections", "OrderedDict").code(")R");
  }

  /** (storage, offset, sizes, strides, requires_grad, hooks), and the type of a new one. */
  private void tensor(TensorData tensor, String key) {
    String storage = storage(tensor.dtype());
    boolean typed = !storage.isEmpty();
    global("torch._utils", typed ? "_rebuild_tensor_v2" : "_rebuild_tensor_v3").code("((");
    text("storage");
    if (typed) {
      global("torch", storage);
    } else {
      global("torch.storage", "UntypedStorage");
    }
    text(key).text("cpu").whole(typed ? tensor.shape().elements() : tensor.bytes()).code("tQ");
    int[] sizes = tensor.shape().sizes();
    whole(0).code("(");
    for (int size : sizes) {
      whole(size);
    }
    code("t(");
    for (int axis = 0; axis < sizes.length; axis++) {
      whole(stride(sizes, axis));
    }
    code("t\u0089").ordered();
    if (!typed) {
      global("torch", name(tensor.dtype()));
    }
    code("tR");
  }

  private static long stride(int[] sizes, int axis) {
    long stride = 1;
    for (int i = axis + 1; i < sizes.length; i++) {
      stride *= sizes[i];
    }
    return stride;
  }

  /** The class of a type's storages; types that came after these classes have none. */
  private static String storage(DType dtype) {
    return switch (dtype) {
      case F64 -> "DoubleStorage";
      case F32 -> "FloatStorage";
      case F16 -> "HalfStorage";
      case BF16 -> "BFloat16Storage";
      case I64 -> "LongStorage";
      case I32 -> "IntStorage";
      case I16 -> "ShortStorage";
      case I8 -> "CharStorage";
      case U8 -> "ByteStorage";
      case BOOL -> "BoolStorage";
      case U64, U32, U16, F8_E4M3, F8_E5M2 -> "";
    };
  }

  private static String name(DType dtype) {
    return switch (dtype) {
      case U64 -> "uint64";
      case U32 -> "uint32";
      case U16 -> "uint16";
      case F8_E4M3 -> "float8_e4m3fn";
      case F8_E5M2 -> "float8_e5m2";
      case F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL ->
          throw new IllegalArgumentException(dtype + " has a class of storages");
    };
  }

  private StatePickle code(String opcodes) {
    out.writeBytes(opcodes.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  private StatePickle global(String module, String name) {
    return code("c" + module + "\n" + name + "\n");
  }

  private StatePickle text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
    return this;
  }

  private StatePickle whole(long number) {
    if (number >= 0 && number <= 0xff) {
      out.write('K');
      out.write((int) number);
    } else if (number == (int) number) {
      out.write('J');
      out.writeBytes(little(Integer.BYTES).putInt((int) number).array());
    } else {
      out.write(0x8a);
      out.write(LONG_BYTES - 1);
      out.writeBytes(little(Long.BYTES).putLong(number).array());
    }
    return this;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
