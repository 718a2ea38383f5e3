/**
 * Networks from ONNX files: {@link dev.vitrine.onnx.OnnxNetwork#read} makes a layer and its numbers
 * of a graph. Nothing is executed here, and nothing printed.
 */
package dev.vitrine.onnx;
