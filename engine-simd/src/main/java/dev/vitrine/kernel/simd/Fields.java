package dev.vitrine.kernel.simd;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/** Reads fields of what a tile works on, its first parameter. */
record Fields(CodeBuilder code, ClassDesc owner) {
  static Fields of(Class<?> owner, CodeBuilder code) {
    return new Fields(code, Assembler.desc(owner));
  }

  /** Pushes a field. */
  void get(String name, ClassDesc type) {
    code.aload(code.parameterSlot(0)).getfield(owner, name, type);
  }

  /** A local variable with a field's value. */
  int keep(String name, ClassDesc type) {
    TypeKind kind = TypeKind.from(type);
    int local = code.allocateLocal(kind);
    get(name, type);
    code.storeLocal(kind, local);
    return local;
  }
}
