/**
 * What a network consists of and costs, read off its inference and its training graph: shapes,
 * parameters, arithmetic forward and backward, memory, receptive fields, and each count as a
 * formula. Nothing is computed with and no parameter is allocated, so VGG takes as long as LeNet.
 *
 * <p>For everybody who has layers; nothing here prints or touches a file.
 */
package dev.vitrine.summary;
