/**
 * The checks that an op must pass: gradients by finite differences, plans against the interpreter.
 */
module dev.vitrine.testkit {
  requires transitive dev.vitrine.engine;

  exports dev.vitrine.testkit;
}
