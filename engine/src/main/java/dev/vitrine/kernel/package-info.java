/**
 * Scalar compute routines and the arithmetic they share with the SIMD kernels. JDK only; called by
 * the plan and by the kernels of other modules; nothing here allocates, branches on data or prints.
 */
package dev.vitrine.kernel;
