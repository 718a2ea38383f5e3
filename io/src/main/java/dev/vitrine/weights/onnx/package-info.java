/**
 * ONNX files, read as records that hold what stands in them; nothing is interpreted here. {@link
 * dev.vitrine.weights.onnx.OnnxModel#read} is the door for who wants the graph.
 */
package dev.vitrine.weights.onnx;
