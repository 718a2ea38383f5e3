/** Hugging Face's safetensors, in one file or several. */
package dev.vitrine.weights.safetensors;
