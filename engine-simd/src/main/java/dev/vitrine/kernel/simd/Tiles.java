package dev.vitrine.kernel.simd;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes the inner loops of the kernels, one class for each size of tile: accumulators as named
 * locals in one flat loop, the vector species as a constant. By hand that would be the same page of
 * code for every number of rows; an array of accumulators, or a loop over them, C2 would box.
 */
final class Tiles {
  /** Terms of a stencil's tile, or the first tap of a correlation's, that make it do nothing. */
  static final int IDLE = -1;

  private Tiles() {}

  /**
   * A class with one method, the body; the data, first of them the species, are its class data, and
   * so constants to C2.
   */
  static Object make(Class<?> type, List<Object> data, String name, Consumer<CodeBuilder> body) {
    ClassDesc self = ClassDesc.of(Tiles.class.getPackageName() + "." + name);
    Method run =
        Arrays.stream(type.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .findFirst()
            .orElseThrow();
    MethodTypeDesc signature =
        MethodType.methodType(void.class, run.getParameterTypes())
            .describeConstable()
            .orElseThrow();
    byte[] bytes =
        ClassFile.of()
            .build(
                self,
                c ->
                    c.withInterfaceSymbols(type.describeConstable().orElseThrow())
                        .withMethodBody(
                            ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, Tiles::constructor)
                        .withMethodBody("run", signature, ClassFile.ACC_PUBLIC, body));
    try {
      MethodHandles.Lookup own =
          MethodHandles.lookup().defineHiddenClassWithClassData(bytes, data, true);
      return own.findConstructor(own.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new LinkageError("The generated class %s must load".formatted(name), e);
    }
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
        .return_();
  }
}
