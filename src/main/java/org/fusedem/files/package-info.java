/**
 * Points and models as files: {@link org.fusedem.files.ColumnFile} maps points larger than memory, and
 * {@link org.fusedem.files.ModelFiles} writes a mixture as JSON and reads it back, every double exactly.
 *
 * <p>Files are hostile until read: sizes come from what is there, not from what a file says of itself, and what is
 * wrong is a {@link org.fusedem.files.FileFormatException} that names the file, and line and column or the byte.
 */
package org.fusedem.files;
