/**
 * What {@code fit} and {@code select} found, as text, as JSON and as a page of HTML.
 */
package org.fusedem.cli.result;
