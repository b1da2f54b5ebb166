/**
 * Files of data as rows of numbers: CSV, column files, NumPy, Arrow, Parquet. {@link org.fusedem.cli.data.DataRows} reads
 * any of them row by row, {@link org.fusedem.cli.data.DataPoints} all of one into points; each format is a few classes
 * that nothing outside knows, begun in {@link org.fusedem.cli.data.DataSource} by the file's first bytes.
 */
package org.fusedem.cli.data;
