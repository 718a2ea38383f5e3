/**
 * Kernels over pictures: typed ones and those with a name, what they make of a picture, and what
 * kind of kernel they are. For whoever shows it; nothing here prints or touches a file.
 */
package dev.vitrine.look.kernel;
