/**
 * File formats: IDX, safetensors, JSON, and the one way to write a file. Knows nothing of datasets
 * or networks. Every reader checks everything it reads; what is wrong ends in one sentence, a
 * {@link dev.vitrine.error.UserException}. Nothing here prints, and nothing leaves a half-written
 * file.
 */
package dev.vitrine.format;
