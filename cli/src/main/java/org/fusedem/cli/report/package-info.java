/** Pages of HTML that need nothing from elsewhere. Nothing here knows the command. */
package org.fusedem.cli.report;
