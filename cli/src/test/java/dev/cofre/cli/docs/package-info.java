/// What documents claim, held against the sources: the catalogue of attacks and its report, the table of the ASVS.
package dev.cofre.cli.docs;
