/** NumPy's files: .npy and .npz, and its arrays inside pickles. */
package dev.vitrine.weights.numpy;
