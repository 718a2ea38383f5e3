/**
 * PyTorch's files in their kinds: zip archives, TorchScript among them, and the older streams and
 * tars.
 */
package dev.vitrine.weights.pytorch;
