/**
 * Models as files: {@link org.fusedem.files.ModelFiles} writes a mixture as JSON and reads it back, every double
 * exactly.
 *
 * <p>Files are hostile until read: sizes come from what is there, not from what a file says of itself, and what is
 * wrong is a {@link org.fusedem.files.FileFormatException} that names file, line and column.
 */
package org.fusedem.files;
