/// What documents claim, held against the sources: the catalogue of attacks and its report.
package dev.cofre.cli.docs;
