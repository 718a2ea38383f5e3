/** Vitrine next to ONNX Runtime: nobody else may call it. */
package dev.vitrine.onnxruntime;
