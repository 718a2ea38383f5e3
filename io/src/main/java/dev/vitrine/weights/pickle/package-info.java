/**
 * Python's pickles, read inertly: nothing that they name is looked up, and nothing is executed. For
 * the readers of formats that hold pickles.
 */
package dev.vitrine.weights.pickle;
