/**
 * What a sweep found: its journal and curves read as tables, figures and sentences. Pure functions
 * of what is on disk; nothing is trained or written here.
 */
package dev.vitrine.lab.sweep;
