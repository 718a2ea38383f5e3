/**
 * What the maps of a layer are to the picture that the network was given, by definitions. For
 * whoever shows it; nothing here prints or touches a file.
 */
package dev.vitrine.look.maps;
