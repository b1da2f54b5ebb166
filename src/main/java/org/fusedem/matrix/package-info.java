/** Small dense matrices, packed as lower triangles by rows: factorisations and nothing else. */
package org.fusedem.matrix;
