/**
 * Options that commands share, and what users may say there: their names, values, defaults and checks.
 */
package org.fusedem.cli.option;
