/** ONNX Runtime as a contender. */
package dev.vitrine.bench.onnxruntime;
