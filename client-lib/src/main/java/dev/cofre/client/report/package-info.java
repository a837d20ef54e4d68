/// What a long operation is asked to do, tells while it runs, and says at its end.
package dev.cofre.client.report;
