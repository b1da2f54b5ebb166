/**
 * Points and models as files: {@link org.fusedem.files.ColumnFile} maps points larger than memory,
 * {@link org.fusedem.files.NpyArray} and {@link org.fusedem.files.NpzFile} read and write arrays of NumPy; and
 * {@link org.fusedem.files.ModelFiles} keeps mixtures as JSON or {@code .npz}, every double exactly.
 *
 * <p>Files are hostile until read: sizes come from what is there, not from what a file says of itself, and what is
 * wrong is a {@link org.fusedem.files.FileFormatException} that names the file, and line and column or the byte.
 */
package org.fusedem.files;
