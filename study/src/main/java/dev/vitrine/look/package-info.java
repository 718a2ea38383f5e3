/**
 * What is seen of a layer, a kernel or a gradient: values first, and views of them as text, page
 * and picture. For whoever shows it; nothing here prints or touches a file.
 */
package dev.vitrine.look;
