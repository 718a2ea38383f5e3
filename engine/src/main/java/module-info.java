/**
 * The engine: graphs of ops, their derivatives, plans and kernels. JDK only; no I/O, no printing.
 */
module dev.vitrine.engine {
  exports dev.vitrine.error;
  exports dev.vitrine.tensor;
  exports dev.vitrine.random;
  exports dev.vitrine.op;
  exports dev.vitrine.graph;
  exports dev.vitrine.kernel;
  exports dev.vitrine.plan;
  exports dev.vitrine.predict;
  exports dev.vitrine.nn;
  exports dev.vitrine.optim;

  uses dev.vitrine.kernel.KernelProvider;
}
